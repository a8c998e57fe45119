"""Keeping order in a room: who may write in it now, and how often."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.kernel import audit
from portal.kernel.access import require
from portal.kernel.errors import Refused

from .. import events, rules
from ..models import Muting, Room

if TYPE_CHECKING:
    from portal.accounts.models import User

SLOWEST = 24 * 3600


class RoomLocked(Refused):
    """Only moderators write here at present."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("This room is locked: only its moderators may write in it now."), code="locked")


class Muted(Refused):
    """This person may not write here before ``until``."""

    status = 403

    def __init__(self, until: datetime) -> None:
        moment = date_format(timezone.localtime(until), "DATETIME_FORMAT")
        super().__init__(_("You may not write here until %(until)s.") % {"until": moment}, code="muted")
        self.until = until


class TooFast(Refused):
    """The room is in slow mode; ``seconds`` are left."""

    status = 429

    def __init__(self, seconds: int) -> None:
        words = ngettext(
            "Slow mode: you may write again in %(n)d second.",
            "Slow mode: you may write again in %(n)d seconds.",
            seconds,
        )
        super().__init__(words % {"n": seconds}, code="too_fast")
        self.seconds = seconds


def lock_room(room: Room, *, actor: User) -> Room:
    """Let nobody but moderators write in ``room``; everybody reads on. Twice is once."""
    return _set(room, actor, "room.lock", locked_at=timezone.now())


def unlock_room(room: Room, *, actor: User) -> Room:
    """Let people write in ``room`` again."""
    return _set(room, actor, "room.unlock", locked_at=None)


def slow_room(room: Room, *, actor: User, seconds: int) -> Room:
    """Let each person write once in ``seconds``, moderators apart; 0 is as often as they like."""
    if not 0 <= seconds <= SLOWEST:
        raise Refused(_("From 0 seconds to a day."), code="bad_seconds", field="seconds")
    return _set(room, actor, "room.slow", slow_seconds=seconds)


def admit(room: Room, author: Any, moment: datetime) -> None:
    """Raise ``RoomLocked``, ``Muted`` or ``TooFast`` when ``author`` may not write in ``room`` now.

    ``room`` is fresh, and its row locked: of two messages sent at once, one comes too fast.
    """
    refuse_muted(room, author)
    if not (room.is_locked or room.slow_seconds) or rules.can_moderate(author, room):
        return
    if room.is_locked:
        raise RoomLocked
    since = moment - timedelta(seconds=room.slow_seconds)
    last = room.messages.filter(author=author, created_at__gt=since).order_by("-seq").first()
    if last is not None:
        raise TooFast(max(1, math.ceil((last.created_at - since).total_seconds())))


def refuse_muted(room: Room, author: Any) -> None:
    """Raise ``Muted`` while ``author`` may not write in ``room``."""
    muting = Muting.objects.of(author.pk, room.pk).first()
    if muting is not None:
        raise Muted(muting.until)


def _set(room: Room, actor: User, deed: str, **fields: Any) -> Room:
    require(actor, rules.can_moderate, room)
    with transaction.atomic():
        locked = Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
        [(name, value)] = fields.items()
        if bool(getattr(locked, name)) != bool(value) or (name == "slow_seconds" and locked.slow_seconds != value):
            setattr(locked, name, value)
            locked.save(update_fields=[name, "updated_at"])
            audit.record(deed, locked, actor=actor, **({"seconds": value} if name == "slow_seconds" else {}))
            events.tell_order(locked)
    setattr(room, name, getattr(locked, name))
    return room
