"""Pages of rooms. Live talk comes by the socket; all of it works as plain pages and forms as well."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.kernel.access import require
from portal.kernel.paging import page

from .. import actions, queries, rules
from ..forms import RoomFoundForm
from ..panels import panel
from .gate import answered_by, person, room_for, status_of, window_for


@require_safe
def room_list(request: HttpRequest) -> HttpResponse:
    """The rooms this person may see, the liveliest first."""
    rooms = page(queries.rooms_of(request.user), request, order=("-active_at", "-id"))
    context = {"page": rooms, "can_found": rules.can_found_room(request.user, None)}
    return render(request, "discussions/room_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def room_found(request: HttpRequest) -> HttpResponse:
    """Make a community room."""
    require(request.user, rules.can_found_room, None)
    form = RoomFoundForm(request.POST or None)
    if form.is_valid():
        room = actions.found_community_room(form.cleaned_data["title"], actor=person(request))
        return redirect(room)
    return render(request, "discussions/room_found.html", {"form": form}, status=status_of(form))


@require_safe
def room_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """A room with its talk: the newest, or around a message."""
    room = room_for(request, public_id)
    context = {
        "room": room,
        "subject": queries.subject_for(room, request.user),
        "can_close": rules.can_close_room(request.user, room),
        "pinned": queries.pinned_in(room),
        "panel": panel(room, request.user, window_for(request, room), answered_by(request, room)),
    }
    return render(request, "discussions/room_detail.html", context)


@require_safe
def room_search(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was said in a room, by its words, the newest first."""
    room = room_for(request, public_id)
    words = queries.words_of(request.GET.get("q", ""))
    found = page(queries.said_in(room, request.user, words), request, order=("-seq", "-id")) if words else None
    shown = [(message, queries.passage(message, words)) for message in found or ()]
    context = {"room": room, "asked": " ".join(words), "page": found, "shown": shown}
    return render(request, "discussions/room_search.html", context)


@login_required
@require_POST
def room_read(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything here has been read."""
    room = room_for(request, public_id)
    actions.mark_read(room, user=person(request), seq=room.seq)
    return redirect(room)


@login_required
@require_POST
def room_close(request: HttpRequest, public_id: str) -> HttpResponse:
    """End the talk in a room."""
    room = actions.close_room(room_for(request, public_id), actor=person(request))
    messages.success(request, _("The room is closed."))
    return redirect(room)
