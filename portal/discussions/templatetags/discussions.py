"""Rooms on any page: ``{% load discussions %}{% room_panel room %}``."""

from __future__ import annotations

from typing import Any

from django import template

from .. import queries, rules
from ..models import Room
from ..panels import panel

register = template.Library()


@register.inclusion_tag("discussions/_panel.html", takes_context=True)
def room_panel(context: template.Context, room: Room | None) -> dict[str, Any]:
    """The live talk of ``room``; nothing where there is no room, or none for this reader."""
    request = context["request"]
    if room is None or not rules.can_read_room(request.user, room):
        return {"panel": None}
    return {"panel": panel(room, request.user), "request": request, "user": request.user}


@register.simple_tag(takes_context=True)
def unread_rooms(context: template.Context) -> int:
    """In how many rooms that the reader follows there is something new."""
    return queries.unread_rooms(context["request"].user)
