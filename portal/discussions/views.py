"""Pages of rooms. Live talk comes by the socket; all of it works as plain pages and forms as well."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.kernel.access import fetch, require
from portal.kernel.errors import Refused
from portal.kernel.paging import page
from portal.live import limits

from . import actions, queries, rules
from .forms import MessageForm, MessageTextForm, PlaceForm, RoomFoundForm
from .models import Message, Room
from .panels import panel
from .queries import Window

ROOMS = Room.objects.select_related("content_type")
MESSAGES = Message.objects.select_related("room__content_type", "author")


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
        room = actions.found_community_room(form.cleaned_data["title"], actor=_person(request))
        return redirect(room)
    return render(request, "discussions/room_found.html", {"form": form}, status=_status(form))


@require_safe
def room_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """A room with its talk: the newest, or around a message."""
    room = _room(request, public_id)
    context = {
        "room": room,
        "subject": queries.subject_for(room, request.user),
        "can_close": rules.can_close_room(request.user, room),
        "panel": panel(room, request.user, _window(request, room)),
    }
    return render(request, "discussions/room_detail.html", context)


@require_safe
def message_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """A piece of the room's history as a fragment: ``?before=`` or ``?after=`` a number."""
    room = _room(request, public_id)
    context = {"panel": panel(room, request.user, _window(request, room))}
    return render(request, "discussions/_messages.html", context)


@login_required
@require_POST
def message_post(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say something; the plain page's way, and the socket's when it cannot be had."""
    room = _room(request, public_id)
    form = MessageForm(request.POST)
    if not form.is_valid():
        raise Refused(next(iter(form.errors.values()))[0], code="bad_message", field="text")  # type: ignore[arg-type]
    _not_too_fast(request, room)
    said = {"text": form.cleaned_data["text"], "client_id": form.cleaned_data["client_id"]}
    message = actions.post_message(room, author=_person(request), **said)
    return redirect(message)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def message_edit(request: HttpRequest, public_id: str, seq: int) -> HttpResponse:
    """Put one's own message in other words."""
    message = _message(request, public_id, seq, rules.can_edit_message)
    form = MessageTextForm(request.POST or None, initial={"text": message.text})
    if form.is_valid():
        actions.edit_message(message, actor=_person(request), text=form.cleaned_data["text"])
        return redirect(message)
    context = {"form": form, "message": message, "room": message.room}
    return render(request, "discussions/message_edit.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def message_remove(request: HttpRequest, public_id: str, seq: int) -> HttpResponse:
    """Take a message back, after asking once."""
    message = _message(request, public_id, seq, rules.can_remove_message)
    if request.method == "POST":
        actions.remove_message(message, actor=_person(request))
        messages.success(request, _("The message is removed."))
        return redirect(message)
    return render(request, "discussions/message_remove.html", {"message": message, "room": message.room})


@login_required
@require_POST
def room_read(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything here has been read."""
    room = _room(request, public_id)
    actions.mark_read(room, user=_person(request), seq=room.seq)
    return redirect(room)


@login_required
@require_POST
def room_close(request: HttpRequest, public_id: str) -> HttpResponse:
    """End the talk in a room."""
    room = actions.close_room(_room(request, public_id), actor=_person(request))
    messages.success(request, _("The room is closed."))
    return redirect(room)


def _room(request: HttpRequest, public_id: str) -> Room:
    return fetch(ROOMS, request.user, rules.can_read_room, public_id=public_id)


def _message(request: HttpRequest, public_id: str, seq: int, rule: Any) -> Message:
    return fetch(MESSAGES, request.user, rule, room__public_id=public_id, seq=seq)


def _person(request: HttpRequest) -> Any:
    return request.user


def _window(request: HttpRequest, room: Room) -> Window:
    """What the address asks to see; a place nobody could have been given means the newest."""
    form = PlaceForm(request.GET)
    form.is_valid()
    place = form.cleaned_data
    if place.get("at"):
        return queries.window_around(room, place["at"])
    return queries.window(room, before=place.get("before"), after=place.get("after"))


def _not_too_fast(request: HttpRequest, room: Room) -> None:
    if not limits.MESSAGES.allows(f"user:{_person(request).pk} {room.topic}"):
        raise Refused(_("That was a lot at once. Please wait a moment."), code="too_fast")


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200
