"""The live panel of a room, as one person sees it: what the template and its module need to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from . import queries, rules
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
    new_from: int | None

    @property
    def at_newest(self) -> bool:
        """Whether what is shown ends with the newest message, so that live ones may follow."""
        return not self.window.later


def panel(room: Room, user: Any, window: Window | None = None) -> Panel:
    """The panel of ``room`` for ``user``, who may read it; the newest messages unless ``window`` says otherwise."""
    shown = window or queries.window(room)
    read = queries.pointer_of(room, user)
    return Panel(
        room=room,
        messages=queries.messages_in(room, user, shown.messages),
        window=shown,
        me=getattr(user, "public_id", ""),
        can_write=not room.is_closed and bool(rules.can_write_in(user, room)),
        moderates=bool(rules.is_platform_master(user)),
        new_from=read + 1 if read is not None and shown.first_seq <= read < room.seq else None,
    )
