"""Rooms and messages, and an audience to try them with: the members of an organisation."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import factory
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from factory.django import DjangoModelFactory

from portal.accounts.models import Organisation, User
from portal.accounts.rules import is_member, owns_organisation
from portal.discussions import audiences
from portal.discussions.models import Message, ReadPointer, Room

MEMBERS = "members-for-tests"


def readable_organisations(user: Any) -> list[int]:
    """Twin of ``is_member``."""
    return list(user.organisation_ids) if user.is_authenticated else []


audiences.register(
    audiences.Audience(
        name=MEMBERS,
        can_read=is_member,
        can_write=is_member,
        readable_ids=readable_organisations,
        can_moderate=owns_organisation,
    )
)


class RoomFactory(DjangoModelFactory):
    """A community room in which nobody has said anything."""

    class Meta:
        model = Room

    audience = "community"
    title = factory.Sequence(lambda n: f"Room {n}")


class MessageFactory(DjangoModelFactory):
    """Something said, without moving the room's number: say ``seq``, or use ``talk``."""

    class Meta:
        model = Message

    room = factory.SubFactory(RoomFactory)
    author = factory.SubFactory("tests.factories.accounts.UserFactory")
    seq = 1
    client_id = factory.LazyFunction(uuid.uuid4)
    text = "Hello"
    html = "<p>Hello</p>"


def room_of(organisation: Organisation, **fields: Any) -> Room:
    """A private room for the members of ``organisation``."""
    content_type = ContentType.objects.get_for_model(Organisation)
    return RoomFactory(audience=MEMBERS, content_type=content_type, object_id=organisation.pk, **fields)


def room_beside(obj: Model, **fields: Any) -> Room:
    """A room that hangs on ``obj``."""
    return RoomFactory(content_type=ContentType.objects.get_for_model(type(obj)), object_id=obj.pk, **fields)


def talk(room: Room, authors: Sequence[User], messages: int) -> Room:
    """``messages`` messages in ``room``, taking turns."""
    for seq in range(room.seq + 1, room.seq + messages + 1):
        MessageFactory(
            room=room, author=authors[seq % len(authors)], seq=seq, text=f"Message {seq}", html=f"<p>Message {seq}</p>"
        )
    room.seq += messages
    room.save(update_fields=["seq"])
    return room


def pointer(room: Room, user: User, seq: int) -> ReadPointer:
    """``user`` has read ``room`` up to ``seq``."""
    return ReadPointer.objects.create(room=room, user=user, seq=seq)
