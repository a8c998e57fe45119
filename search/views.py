"""The pages of search."""

from dataclasses import asdict, replace

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from challenges.queries.inviting import inviting
from portal.accounts.rules import is_platform_master
from portal.kernel import kinds
from portal.kernel.access import require
from portal.kernel.errors import Refused
from portal.kernel.tables import csv_lines
from search import fruitless
from search.addresses import AS_LIST
from search.asking import request_from
from search.documents import KINDS
from search.engines.port import EngineUnavailable
from search.listing import Listing, groups_by_kind
from search.matching import WANTED, matches
from search.parsing import LONGEST_TEXT
from search.queries import exported, related, result_page, suggestions
from search.shown import EXPORTED, ShownHit, exported_row
from search.state import state

RESULTS = "results"


class ListUnavailable(Refused):
    """The results cannot be listed in full while the engine is away."""

    status = 503

    def __init__(self) -> None:
        super().__init__(_("Search is being repaired: the list cannot be made now. Try again soon."), code="away")


@require_safe
def result_list(request: HttpRequest) -> HttpResponse:
    """Everything that is found for the viewer; only the results when htmx asks to swap them."""
    asked, notes = request_from(request.GET, request.user)  # type: ignore[arg-type]
    grouped = groups_by_kind(asked) and request.GET.get("view") != AS_LIST
    page = replace(result_page(asked, request.user, grouped=grouped), notes=notes)
    fruitless.note(page, fruitless.asker_of(request))
    swap = request.htmx.target == RESULTS and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    template = "search/_results.html" if swap else "search/result_list.html"
    response = render(request, template, {"listing": Listing(page), "page": page})
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


@require_safe
@login_required
def search_state(request: HttpRequest) -> HttpResponse:
    """How search is, for the platform master."""
    require(request.user, is_platform_master, None)
    return render(request, "search/state.html", {"state": state()})


@require_safe
@login_required
def result_export(request: HttpRequest) -> HttpResponse:
    """The results as a table, at most the thousand that can be reached by turning pages; for who is signed in."""
    asked, _notes = request_from(request.GET, request.user)  # type: ignore[arg-type]
    rows = (exported_row(ShownHit(hit)) for hit in exported(asked, request.user))
    try:
        response = HttpResponse("".join(csv_lines(EXPORTED, rows)), content_type="text/csv; charset=utf-8")
    except EngineUnavailable as away:
        raise ListUnavailable from away
    response["Content-Disposition"] = 'attachment; filename="results.csv"'
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def suggestion_list(request: HttpRequest) -> HttpResponse:
    """Titles for what is being typed, the same for everybody: options of a list, or JSON when that is asked for."""
    found = suggestions(request.GET.get("q", "")[:LONGEST_TEXT])
    response: HttpResponse
    if request.accepts("text/html"):
        response = render(request, "search/_suggestions.html", {"suggestions": found})
    else:
        response = JsonResponse({"suggestions": [asdict(each) for each in found]})
    patch_vary_headers(response, ("Accept",))
    patch_cache_control(response, max_age=60)
    return response


@require_safe
def match_list(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What fits an object and why, for whoever may see it; what fits a person, for that person alone."""
    known = kinds.find(kind)
    if known is None or kind not in WANTED:
        raise Http404
    obj = known.fetch(request.user, key)
    if kind == "person" and obj != request.user:
        raise Http404
    context = {
        "subject": obj,
        "groups": matches(obj),
        "inviting": inviting(obj, request.user) if kind == "challenge" else None,
    }
    template = "search/_matches.html" if request.htmx else "search/match_list.html"  # type: ignore[attr-defined]
    response = render(request, template, context)
    patch_vary_headers(response, ("HX-Request",))
    return response


@require_safe
def related_list(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Public things that speak of what this object speaks of, for whoever may see the object."""
    known = kinds.find(kind)
    if known is None or kind not in KINDS:
        raise Http404
    hits = related(known.fetch(request.user, key))
    return render(request, "search/_related.html", {"hits": [ShownHit(hit) for hit in hits]})
