"""The desks and the lineage page."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.requests import SignedInRequest
from portal.accounts.rules import is_platform_master
from portal.kernel import kinds
from portal.kernel.access import require
from portal.kernel.errors import Missing
from portal.kernel.lineage import thread
from portal.kernel.outbox import retry_dead
from portal.kernel.paging import page

from . import queries
from .lineage import columns


@login_required
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """What is this person's to do, soonest first, and what they have under way."""
    return render(request, "desk/desk.html", {"desk": queries.desk_of(request.user)})


@login_required
@require_safe
def master(request: SignedInRequest) -> HttpResponse:
    """What waits for the platform master, and how the portal is doing."""
    require(request.user, is_platform_master, None)
    return render(request, "desk/master.html", {"master": queries.master_desk(request.user)})


@login_required
@require_safe
def audit_log(request: HttpRequest) -> HttpResponse:
    """What happened on the portal, newest first: ids, states and numbers, nobody's words."""
    require(request.user, is_platform_master, None)
    kind, object_id = request.GET.get("kind", "")[:40], request.GET.get("object", "")[:64]
    events = page(queries.audit_events(kind=kind, object_id=object_id), request, size=50, order=("-at", "-id"))
    return render(request, "desk/audit_log.html", {"page": events, "kind": kind, "object_id": object_id})


@login_required
@require_POST
def revive_work(request: HttpRequest) -> HttpResponse:
    """Give the work that was set aside another eight tries."""
    require(request.user, is_platform_master, None)
    revived = retry_dead()
    messages.success(
        request, ngettext("%d piece of work tries again.", "%d pieces of work try again.", revived) % revived
    )
    return redirect("desk:master")


@require_safe
def lineage(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The thread that an object is part of, both ways, as far as this person may see it."""
    known = kinds.find(kind)
    if known is None:
        raise Missing
    start = known.fetch(request.user, key)
    found = thread(start, request.user)
    context = {"start": start, "columns": columns(found), "cut": found.cut, "alone": len(found.nodes) == 1}
    return render(request, "desk/lineage.html", context)
