"""Cases, and people whose reports count."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.accounts.models import User
from portal.discussions.models import Message, ModerationCase, Room
from tests.factories.accounts import UserFactory
from tests.factories.discussions import MessageFactory, RoomFactory


class CaseFactory(DjangoModelFactory):
    """A case that waits, about a message of somebody."""

    class Meta:
        model = ModerationCase

    message = factory.SubFactory(MessageFactory)
    origin = "reports"


def settled(**fields: Any) -> User:
    """Somebody who has been here for a week."""
    return UserFactory(date_joined=timezone.now() - timedelta(days=7), **fields)


def said_by(author: User, text: str = "Cheap pumps, call me", room: Room | None = None) -> Message:
    """Something ``author`` said, in a room that has come so far."""
    room = room or RoomFactory()
    room.seq += 1
    room.save(update_fields=["seq"])
    return MessageFactory(room=room, author=author, seq=room.seq, text=text, html=f"<p>{text}</p>")
