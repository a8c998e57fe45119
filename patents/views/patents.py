"""Pages of patents."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patents import actions, queries, rooms, rules
from patents.forms import HandOverForm, PatentAddForm, PatentEditForm, PatentFilterForm
from patents.models import Patent
from portal.discussions import queries as discussions
from portal.face import panels
from portal.kernel.access import fetch, require
from portal.kernel.errors import Missing, Refused
from portal.kernel.paging import page

from .refusals import put_on

PATENTS = Patent.objects.select_related("owner", "created_by")
BY_DATE = ("-sort_date", "-id")


@require_safe
def patent_list(request: HttpRequest) -> HttpResponse:
    """The pool, newest publications first."""
    form = PatentFilterForm(request.GET, offices=queries.offices())
    rows = queries.listed_patents(request.user, form.wanted())
    context = {
        "page": page(rows, request, order=BY_DATE),
        "form": form,
        "can_add": rules.can_add_patent(request.user, None),
    }
    return render(request, "patents/patent_list.html", context)


@require_safe
def patent_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One patent; a number in another shape leads to the canonical address."""
    try:
        patent = fetch(PATENTS, request.user, rules.can_view_patent, number=number)
    except Missing:
        same = queries.patent_by_number(number)
        if same is None:
            raise
        return redirect(same)
    context = {
        "patent": patent,
        "parties": queries.party_groups(patent),
        "classified": patent.classified.select_related("classification"),
        "citations": queries.citations_of(patent),
        "cited_by": queries.cited_by(patent),
        "family": queries.family_of(patent),
        "offers": queries.offers_of(patent, request.user),
        "pools": queries.pools_of(patent, request.user),
        "office": queries.office_name(patent.country),
        "room": discussions.room_of(rooms.PATENT, patent),
        "can_edit": rules.can_edit_patent(request.user, patent),
        "can_offer": rules.can_offer_licence(request.user, patent),
        "can_talk": rules.can_talk_of_patent(request.user, patent),
        "hand_over": _hand_over_form(request, patent),
        "panels": panels.PATENT.shown(request, patent),
    }
    return render(request, "patents/patent_detail.html", context)


def _hand_over_form(request: HttpRequest, patent: Patent) -> HandOverForm | None:
    allowed = rules.can_hand_over_patent(request.user, patent)
    return HandOverForm(initial={"owner": patent.owner_id}) if allowed else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def patent_add(request: HttpRequest) -> HttpResponse:
    """Put a patent into the pool."""
    require(request.user, rules.can_add_patent, None)
    form = PatentAddForm(request.POST or None, actor=request.user)
    if form.is_valid():
        try:
            patent = actions.add_patent(form.record(), actor=request.user, owner=form.cleaned_data["owner"])
        except Refused as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("The patent is in the pool."))
            return redirect(patent)
    return render(request, "patents/patent_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def patent_edit(request: HttpRequest, number: str) -> HttpResponse:
    """Mend what the pool says of a patent."""
    patent = fetch(PATENTS, request.user, rules.can_edit_patent, number=number)
    form = PatentEditForm(request.POST or None, patent=patent)
    if form.is_valid():
        actions.edit_patent(patent, form.record(), actor=request.user, seen=form.cleaned_data["seen"])
        messages.success(request, _("Saved."))
        return redirect(patent)
    context = {"form": form, "patent": patent}
    return render(request, "patents/patent_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def patent_hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Say which organisation holds a patent."""
    patent = fetch(PATENTS, request.user, rules.can_hand_over_patent, number=number)
    form = HandOverForm(request.POST)
    if not form.is_valid():
        raise Refused(_("There is no such organisation."), field="owner")
    actions.hand_over_patent(patent, actor=request.user, owner=form.cleaned_data["owner"])
    return redirect(patent)


@login_required
@require_POST
def patent_talk(request: HttpRequest, number: str) -> HttpResponse:
    """Open the public room of a patent."""
    patent = fetch(PATENTS, request.user, rules.can_talk_of_patent, number=number)
    actions.open_patent_room(patent, actor=request.user)
    return redirect(f"{patent.get_absolute_url()}#room")
