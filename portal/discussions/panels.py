"""The live panel of a room, as one person sees it: what the template and its module need to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import queries, rules
from .enums import Sign
from .models import Message, Room
from .queries import Window


@dataclass(frozen=True)
class Panel:
    """A window on a room's talk, and what its viewer may do there."""

    room: Room
    messages: Sequence[Message]
    window: Window
    me: str
    can_write: bool
    moderates: bool
    keeps_order: bool
    blocked_people: Sequence[str]
    muted_until: datetime | None
    new_from: int | None
    reply_to: Message | None = None

    @property
    def signs(self) -> type[Sign]:
        """What can be put on a message."""
        return Sign

    @property
    def is_slowed(self) -> bool:
        """Whether the viewer has to wait between two messages."""
        return self.can_write and self.room.slow_seconds > 0 and not self.keeps_order

    @property
    def at_newest(self) -> bool:
        """Whether what is shown ends with the newest message, so that live ones may follow."""
        return not self.window.later


def panel(room: Room, user: Any, window: Window | None = None, reply_to: Message | None = None) -> Panel:
    """The panel of ``room`` for ``user``, who may read it; the newest messages unless ``window`` says otherwise."""
    shown = window or queries.window(room)
    read = queries.pointer_of(room, user)
    blocked = queries.blocked_by(user)
    muting = queries.muting_of(user, room)
    may_speak = bool(rules.can_write_in(user, room))
    keeps_order = bool(rules.can_moderate(user, room))
    return Panel(
        room=room,
        messages=queries.messages_in(room, user, shown.messages, blocked=blocked),
        window=shown,
        me=getattr(user, "public_id", ""),
        can_write=not room.is_closed and not muting and may_speak and (keeps_order or not room.is_locked),
        moderates=bool(rules.is_platform_master(user)),
        keeps_order=keeps_order,
        blocked_people=list(blocked.values()),
        muted_until=muting.until if muting else None,
        reply_to=reply_to,
        new_from=read + 1 if read is not None and shown.first_seq <= read < room.seq else None,
    )
