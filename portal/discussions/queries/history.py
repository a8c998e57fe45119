"""A window on a room's history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.db.models import Q, prefetch_related_objects
from django.utils.timezone import make_aware

from .. import rules
from ..enums import Sign
from ..models import Message, Room

WINDOW: Final = 50
MOST_IN_THREAD: Final = 500


@dataclass(frozen=True)
class Mark:
    """A sign on a message: how many put it there, and whether the viewer did."""

    sign: str
    label: str
    count: int
    mine: bool


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
    rows = room.messages.whole().with_replies()
    if after is not None:
        found = marked(rows.filter(seq__gt=after).order_by("seq")[: size + 1])
        return Window(found[:size], earlier=bool(found) and found[0].seq > 1, later=len(found) > size)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    found = marked(rows.order_by("-seq")[: size + 1])
    return Window(found[:size][::-1], earlier=len(found) > size, later=before is not None)


def messages_after(room: Room, seq: int, most: int) -> list[Message]:
    """What was said after the number ``seq``, oldest first, at most ``most``."""
    return marked(room.messages.filter(seq__gt=seq).order_by("seq").whole()[:most])


def window_around(room: Room, seq: int, size: int = WINDOW) -> Window:
    """The messages on both sides of ``seq``."""
    return window(room, after=max(0, seq - size // 2 - 1), size=size)


def marked(rows: Iterable[Message]) -> list[Message]:
    """The messages with the signs on them: one query more where any was touched since it was said."""
    found = list(rows)
    prefetch_related_objects([message for message in found if not message.is_untouched], "reactions")
    return found


def thread(message: Message) -> Sequence[Message]:
    """What a message was answered with, itself first."""
    rows = message.room.messages.whole().with_replies()
    return marked(rows.filter(Q(pk=message.pk) | Q(reply_to=message.pk)).order_by("seq")[:MOST_IN_THREAD])


def pinned_in(room: Room) -> Sequence[Message]:
    """What is kept at the head of a room, the latest pinned first; no query where there is none."""
    if not room.has_pins:  # type: ignore[attr-defined]
        return ()
    return list(room.messages.pinned().select_related("author").order_by("-pinned_at", "-pk"))


def first_since(room: Room, day: date) -> int | None:
    """The number of the first message said on ``day`` or later, by the reader's clock; None when there is none."""
    begun = make_aware(datetime.combine(day, time()))
    return room.messages.filter(created_at__gte=begun).order_by("seq").values_list("seq", flat=True).first()


def messages_in(
    room: Room, user: Any, messages: Sequence[Message], *, blocked: Collection[int] = ()
) -> Sequence[Message]:
    """``messages`` of ``room``, each knowing what ``user``, who ``blocked`` some, may do with it and left on it.

    Asks for nothing.
    """
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
        message.may_react = writes and message.is_shown  # type: ignore[attr-defined]
        message.may_pin = moderates and writes and message.is_shown  # type: ignore[attr-defined]
        message.marks = _marks(message, user)  # type: ignore[attr-defined]
        message.may_remove = (own or master) and not message.is_removed  # type: ignore[attr-defined]
    return messages


def _marks(message: Message, user: Any) -> list[Mark]:
    if message.is_untouched:
        return []
    reactions = message.reactions.all()
    counts = Counter(reaction.sign for reaction in reactions)
    mine = {reaction.sign for reaction in reactions if reaction.user_id == user.pk}
    return [
        Mark(each.value, str(each.label), counts[each.value], each.value in mine) for each in Sign if counts[each.value]
    ]
