"""Pages of pools."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from patents import actions, queries, rules
from patents.forms import PoolForm, PoolJoinForm
from patents.models import Patent, Pool
from portal.kernel.access import fetch
from portal.kernel.errors import Missing, Refused
from portal.kernel.paging import page

from .patents import BY_DATE
from .refusals import put_on

POOLS = Pool.objects.select_related("organisation")


@require_safe
def pool_list(request: HttpRequest) -> HttpResponse:
    """The pools this person may see."""
    rows = queries.listed_pools(request.user)
    context = {"page": page(rows, request), "can_found": rules.can_found_pool(request.user, None)}
    return render(request, "patents/pool_list.html", context)


@require_safe
def pool_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One pool and the patents in it."""
    pool = fetch(POOLS, request.user, rules.can_view_pool, slug=slug)
    rows = queries.listed_patents(request.user, queries.PatentFilter()).filter(pools=pool)
    can_edit = rules.can_edit_pool(request.user, pool)
    context = {
        "pool": pool,
        "page": page(rows, request, order=BY_DATE),
        "patent_count": pool.memberships.count(),
        "can_edit": can_edit,
        "join_form": PoolJoinForm() if can_edit else None,
    }
    return render(request, "patents/pool_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pool_found(request: HttpRequest) -> HttpResponse:
    """Begin a pool."""
    if not rules.can_found_pool(request.user, None):
        raise Missing
    form = PoolForm(request.POST or None, actor=request.user)
    if form.is_valid():
        try:
            return redirect(actions.found_pool(actor=request.user, **form.cleaned_data))
        except Refused as refusal:
            put_on(form, refusal)
    return render(request, "patents/pool_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def pool_join(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a patent into a pool."""
    pool = fetch(POOLS, request.user, rules.can_edit_pool, slug=slug)
    form = PoolJoinForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["number"][0]))
    elif not rules.can_edit_patent(request.user, form.patent):
        messages.error(request, _("Only who holds a patent may put it into a pool."))
    else:
        actions.add_to_pool(pool, form.patent, actor=request.user)
    return redirect(pool)


@login_required
@require_POST
def pool_leave(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """Take a patent out of a pool."""
    pool = fetch(POOLS, request.user, rules.can_view_pool, slug=slug)
    patent = fetch(Patent, request.user, rules.can_view_patent, number=number)
    actions.remove_from_pool(pool, patent, actor=request.user)
    return redirect(pool)
