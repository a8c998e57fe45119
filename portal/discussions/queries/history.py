"""A window on a room's history."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .. import rules
from ..models import Message, Room

WINDOW: Final = 50


@dataclass(frozen=True)
class Window:
    """Some messages in a row, oldest first, and whether there are ``earlier`` and ``later`` ones."""

    messages: Sequence[Message]
    earlier: bool
    later: bool

    @property
    def first_seq(self) -> int:
        """Before which the earlier ones lie."""
        return self.messages[0].seq if self.messages else 0

    @property
    def last_seq(self) -> int:
        """After which the later ones lie."""
        return self.messages[-1].seq if self.messages else 0


def window(room: Room, *, before: int | None = None, after: int | None = None, size: int = WINDOW) -> Window:
    """The messages just before or just after a number; the newest when neither is given.

    The cost is the same at any depth: it walks the index of (room, seq).
    """
    rows = room.messages.select_related("author")
    if after is not None:
        found = list(rows.filter(seq__gt=after).order_by("seq")[: size + 1])
        return Window(found[:size], earlier=bool(found) and found[0].seq > 1, later=len(found) > size)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    found = list(rows.order_by("-seq")[: size + 1])
    return Window(found[:size][::-1], earlier=len(found) > size, later=before is not None)


def messages_after(room: Room, seq: int, most: int) -> list[Message]:
    """What was said after the number ``seq``, oldest first, at most ``most``."""
    return list(room.messages.filter(seq__gt=seq).order_by("seq").select_related("author")[:most])


def window_around(room: Room, seq: int, size: int = WINDOW) -> Window:
    """The messages on both sides of ``seq``."""
    return window(room, after=max(0, seq - size // 2 - 1), size=size)


def messages_in(
    room: Room, user: Any, messages: Sequence[Message], *, blocked: Collection[int] = ()
) -> Sequence[Message]:
    """``messages``, all of ``room``, each knowing what ``user``, who ``blocked`` some, may do with it; no query."""
    is_person = rules.is_person(user)
    writes = rules.can_write_in(user, room) and not room.is_closed
    moderates = bool(rules.can_moderate(user, room))
    master = rules.is_platform_master(user)
    for message in messages:
        message.room = room
        own = rules.is_author(user, message)
        message.is_own = own  # type: ignore[attr-defined]
        message.reads_words = message.is_shown or ((own or moderates) and not message.is_removed)  # type: ignore[attr-defined]
        message.is_of_blocked = message.author_id in blocked  # type: ignore[attr-defined]
        message.may_edit = own and writes and message.is_shown  # type: ignore[attr-defined]
        message.may_report = is_person and not own and message.is_shown  # type: ignore[attr-defined]
        message.may_hide = moderates and not own and message.is_shown  # type: ignore[attr-defined]
        message.may_unhide = moderates and not own and message.is_hidden and not message.is_removed  # type: ignore[attr-defined]
        message.may_remove = (own or master) and not message.is_removed  # type: ignore[attr-defined]
    return messages
