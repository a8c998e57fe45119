"""The pages of the searches one keeps."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.requests import SignedInRequest
from portal.kernel.access import fetch
from portal.kernel.errors import Refused
from search.addresses import query_of, url_of
from search.asking import request_from
from search.models import SavedSearch
from search.saved import actions
from search.saved.forms import SavedSearchForm
from search.saved.queries import new_things
from search.saved.rules import owns_saved_search


@require_safe
@login_required
def list_saved(request: SignedInRequest) -> HttpResponse:
    """The searches one keeps, with how much is new in each."""
    saved = SavedSearch.objects.visible_to(request.user).with_news().order_by("-news", "name", "pk")  # type: ignore[misc]
    return render(request, "search/list_saved.html", {"searches": saved})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def save(request: SignedInRequest) -> HttpResponse:
    """Keep the search that the address says, under a name."""
    asked, _notes = request_from(request.GET, request.user)  # type: ignore[arg-type]
    query = query_of(asked.changed(page=1))
    form = SavedSearchForm(request.POST or None, initial={"name": asked.parsed.text[:120]})
    if form.is_valid():
        try:
            saved = actions.save_search(query, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. What is new in it from now on is shown here."))
            return redirect(saved)
    context = {"form": form, "results": url_of(asked)}
    return render(request, "search/save.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def view_saved(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What is new in one, and how it is looked at."""
    saved = fetch(SavedSearch, request.user, owns_saved_search, public_id=public_id)
    context = {"saved": saved, "news": new_things(saved, request.user), "form": SavedSearchForm(instance=saved)}
    return render(request, "search/view_saved.html", context)


@require_POST
@login_required
def change_saved(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Give it another name or other alerts."""
    saved = fetch(SavedSearch, request.user, owns_saved_search, public_id=public_id)
    form = SavedSearchForm(request.POST)
    if not form.is_valid():
        context = {"saved": saved, "news": new_things(saved, request.user), "form": form}
        return render(request, "search/view_saved.html", context, status=422)
    actions.change_saved_search(saved, actor=request.user, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect(saved)


@require_POST
@login_required
def dismiss(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put a new thing aside, or all of them."""
    saved = fetch(SavedSearch, request.user, owns_saved_search, public_id=public_id)
    thing = request.POST.get("thing", "")
    actions.dismiss(saved, [int(thing)] if thing.isascii() and thing.isdigit() else None, actor=request.user)
    return redirect(saved)


@require_POST
@login_required
def forget(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Keep it no longer."""
    saved = fetch(SavedSearch, request.user, owns_saved_search, public_id=public_id)
    actions.forget_saved_search(saved, actor=request.user)
    messages.success(request, _("The search is no longer kept."))
    return redirect("search:saved-list")
