"""Who may read, write, change and close: predicates over rooms and messages."""

from __future__ import annotations

from typing import Any

from rules import Predicate, predicate

from portal.accounts.rules import has_verified_email, is_person, is_platform_master

from . import audiences
from .models import Message, Room


@predicate
def can_read_room(user: Any, room: Room) -> bool:
    """The audience of the room takes ``user`` in. A room whose subject is gone, or unknown, is nobody's."""
    audience = audiences.find(room.audience)
    if audience is None or (room.object_id is None) != (audience.readable_ids is None):
        return False
    subject = room.subject
    return (subject is not None or room.object_id is None) and bool(audience.can_read(user, subject))


@predicate
def is_writer(user: Any, room: Room) -> bool:
    """The audience of the room lets ``user`` write, as far as it is concerned."""
    audience = audiences.find(room.audience)
    return audience is not None and bool(audience.can_write(user, room.subject))


@predicate
def is_open(user: Any, room: Room) -> bool:
    """Something can still be said in the room."""
    return not room.is_closed


@predicate
def is_author(user: Any, message: Message) -> bool:
    """``user`` said it."""
    return user.is_authenticated and message.author_id == user.pk


@predicate
def is_standing(user: Any, message: Message) -> bool:
    """The message has not been removed."""
    return not message.is_removed


@predicate
def can_view_message(user: Any, message: Message) -> bool:
    """The message's room takes ``user`` in."""
    return bool(can_read_room(user, message.room))


@predicate
def can_write_beside(user: Any, message: Message) -> bool:
    """``user`` may write in the message's room, and it is open."""
    return bool((can_write_in & is_open)(user, message.room))


is_reader: Predicate = is_person
"""Somebody whose reading is remembered."""

can_write_in: Predicate = has_verified_email & can_read_room & is_writer
"""May write in the room once it is open: asked apart from ``is_open``, whose "no" is worth its own words."""

can_edit_message: Predicate = is_author & is_standing & can_write_beside
can_remove_message: Predicate = can_view_message & is_standing & (is_author | is_platform_master)
can_found_room: Predicate = is_platform_master
can_close_room: Predicate = can_read_room & is_platform_master & is_open
