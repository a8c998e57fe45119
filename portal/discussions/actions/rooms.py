"""Rooms are opened, founded and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from portal.kernel import audit
from portal.kernel.access import require

from .. import events, rules, signals
from ..audiences import COMMUNITY, find
from ..models import Room

if TYPE_CHECKING:
    from portal.accounts.models import User


def open_room(audience: str, subject: Model, title: str, *, actor: User | None = None) -> Room:
    """The room of ``audience`` about ``subject``, made if there was none; its title follows ``title``.

    Called by the app that the subject belongs to, which knows that it is time. Raises ``ValueError`` for an
    audience that nobody registered.
    """
    found = find(audience)
    if found is None or found.readable_ids is None:
        raise ValueError(f"no audience for rooms about something: {audience!r}")
    about = {"content_type": ContentType.objects.get_for_model(subject), "object_id": subject.pk}
    with transaction.atomic():
        room, made = Room.objects.get_or_create(audience=audience, **about, defaults={"title": title[:200]})
        if made:
            _opened(room, actor)
        elif room.title != title[:200]:
            room.title = title[:200]
            room.save(update_fields=["title", "updated_at"])
    return room


def found_community_room(title: str, *, actor: User) -> Room:
    """A room about whatever its title says, for everybody to read and every member to write in.

    Raises ``Missing`` unless ``actor`` is a platform master.
    """
    require(actor, rules.can_found_room, None)
    with transaction.atomic():
        room = Room.objects.create(audience=COMMUNITY.name, title=title)
        _opened(room, actor)
    return room


def close_room(room: Room, *, actor: User) -> Room:
    """End the talk in ``room``: everyone is let go at once, and it stays as a page to read. Twice is once.

    Raises ``Missing`` unless ``actor`` may.
    """
    require(actor, rules.can_close_room, room)
    with transaction.atomic():
        if Room.objects.filter(pk=room.pk, closed_at__isnull=True).update(closed_at=timezone.now()):
            audit.record("room.close", room, actor=actor)
            signals.room_closed.send(sender=Room, obj=room, actor=actor)
            events.tell_closed(room)
    room.refresh_from_db(fields=["closed_at"])
    return room


def _opened(room: Room, actor: User | None) -> None:
    audit.record("room.open", room, actor=actor, audience=room.audience)
    signals.room_opened.send(sender=Room, obj=room, actor=actor)
