"""How far somebody has read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from portal.kernel.access import require

from .. import events, rules
from ..models import ReadPointer, Room

if TYPE_CHECKING:
    from portal.accounts.models import User


def mark_read(room: Room, *, user: User, seq: int) -> int:
    """Note that ``user`` has read ``room`` up to ``seq``, and return how far they have read it now.

    Never goes back, and never past the newest message. Raises ``Missing`` when they may not read it.
    """
    require(user, rules.can_read_room & rules.is_reader, room)
    reached = min(seq, Room.objects.values_list("seq", flat=True).get(pk=room.pk))
    with transaction.atomic():
        if advance(room, user, reached):
            events.tell_read(room, user, reached)
    return reached


def advance(room: Room, user: User, seq: int) -> bool:
    """Move the pointer forward to ``seq``; False when it was there already."""
    pointer, made = ReadPointer.objects.get_or_create(user=user, room=room, defaults={"seq": seq})
    if made:
        return True
    return bool(ReadPointer.objects.filter(pk=pointer.pk, seq__lt=seq).update(seq=seq))
