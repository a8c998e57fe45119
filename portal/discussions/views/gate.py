"""The one way these pages get a room or a message, and what else they share."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import warning
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.kernel.access import fetch

from .. import queries, rules
from ..calling import called
from ..forms import PlaceForm
from ..models import Message, Room
from ..queries import Window

ROOMS = Room.objects.select_related("content_type").with_pins()
MESSAGES = Message.objects.select_related("room__content_type", "author", "reply_to__author")


def room_for(request: HttpRequest, public_id: str) -> Room:
    """The room, for those it takes in."""
    return fetch(ROOMS, request.user, rules.can_read_room, public_id=public_id)


def message_for(request: HttpRequest, public_id: str, seq: int, rule: Any) -> Message:
    """The message at place ``seq`` of a room, for those ``rule`` lets through."""
    return fetch(MESSAGES, request.user, rule, room__public_id=public_id, seq=seq)


def answered_by(request: HttpRequest, room: Room) -> Message | None:
    """The message that the address asks to answer; none where there is no such one, or it was removed."""
    seq = request.GET.get("reply", "")
    standing = room.messages.saying_something().select_related("author")
    return standing.filter(seq=int(seq)).first() if seq.isascii() and seq.isdigit() and len(seq) < 16 else None


def person(request: HttpRequest) -> Any:
    """Who asks, where a sign-in is required."""
    return request.user


def window_for(request: HttpRequest, room: Room) -> Window:
    """What the address asks to see; a place nobody could have been given means the newest."""
    form = PlaceForm(request.GET)
    form.is_valid()
    place = form.cleaned_data
    if place.get("on"):
        first = queries.first_since(room, place["on"])
        return queries.window(room) if first is None else queries.window(room, after=first - 1)
    if place.get("at"):
        return queries.window_around(room, place["at"])
    return queries.window(room, before=place.get("before"), after=place.get("after"))


def warn_of_unseeing(request: HttpRequest, message: Message) -> None:
    """Say who was called and will not read it: they are not told, either."""
    unseeing = called(message.text, message.room, person(request)).unseeing
    if unseeing:
        told = {"people": ", ".join(map(str, unseeing))}
        warning(request, _("%(people)s cannot see this room, and is not told that you mentioned them.") % told)


def status_of(form: Any) -> int:
    """What a page with ``form`` answers: 422 when it was refused."""
    return 422 if form.is_bound else 200
