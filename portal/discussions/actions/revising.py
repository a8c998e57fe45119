"""Changing what has already been said, so that whoever was away learns of it."""

from __future__ import annotations

from django.db.models import F

from ..models import Message, Room


def revise(message: Message, *fields: str) -> None:
    """Save ``fields`` of ``message`` under the next revision of its room.

    Part of the present transaction, which has locked the message; the room's row stays locked until it ends, so
    revisions become visible in the order of their numbers.
    """
    Room.objects.filter(pk=message.room_id).update(revision=F("revision") + 1)
    message.revision = Room.objects.values_list("revision", flat=True).get(pk=message.room_id)
    message.save(update_fields=[*fields, "revision"])
