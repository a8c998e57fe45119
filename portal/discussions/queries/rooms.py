"""Which rooms there are for somebody, and how far they have read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from portal.kernel import kinds

from ..models import ReadPointer, Room

if TYPE_CHECKING:
    from portal.accounts.querysets import Viewer


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
