"""What is read of rooms: lists, and a window on a room's history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from portal.kernel import kinds

from . import rules
from .models import Message, ReadPointer, Room

if TYPE_CHECKING:
    from portal.accounts.querysets import Viewer

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


def rooms_of(user: Viewer) -> QuerySet[Room]:
    """The rooms somebody may see, with what they have not read."""
    return Room.objects.visible_to(user).with_unread(user)


def unread_rooms(user: Viewer) -> int:
    """In how many rooms that somebody follows there is something new."""
    return Room.objects.unread_by(user).count() if user.is_authenticated else 0


def room_of(audience: str, subject: Model) -> Room | None:
    """The room of ``audience`` about ``subject``, if it has been opened. Whoever shows it asks the gate."""
    content_type = ContentType.objects.get_for_model(subject)
    return Room.objects.filter(audience=audience, content_type=content_type, object_id=subject.pk).first()


def rooms_about(subject: Model, user: Any) -> list[Room]:
    """All rooms about ``subject`` that ``user`` may see, the oldest first."""
    return list(Room.objects.about(subject).visible_to(user).order_by("pk"))


def pointer_of(room: Room, user: Viewer) -> int | None:
    """How far somebody has read ``room``; None when they never have."""
    if not user.is_authenticated:
        return None
    return ReadPointer.objects.filter(room=room, user=user).values_list("seq", flat=True).first()


def subject_for(room: Room, user: Any) -> Model | None:
    """What ``room`` is about, if it has a page that ``user`` may see."""
    subject = room.subject
    if not isinstance(subject, Model):
        return None
    try:
        visible = kinds.of(subject).can_view(user, subject)
    except KeyError:
        return None
    return subject if visible else None


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


def messages_in(room: Room, user: Any, messages: Sequence[Message]) -> Sequence[Message]:
    """``messages``, all of ``room``, each knowing what ``user`` may do with it; no query."""
    writes = rules.can_write_in(user, room) and not room.is_closed
    master = rules.is_platform_master(user)
    for message in messages:
        message.room = room
        own = rules.is_author(user, message)
        message.is_own = own  # type: ignore[attr-defined]
        message.may_edit = own and writes and not message.is_removed  # type: ignore[attr-defined]
        message.may_remove = (own or master) and not message.is_removed  # type: ignore[attr-defined]
    return messages
