"""How messages are found.

A message in a room that strangers may read is public; any other admits its room, and the rooms somebody may read are
asked for when they search. So whoever joins or leaves a private room finds or loses its talk at once.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from portal.discussions.models import Message, Room
from search.documents import tokens
from search.documents.base import EVERYBODY, Audience, PortalDocument


class MessageDocument(PortalDocument):
    """What somebody said in a room, without saying who."""

    KIND = "message"
    SHOWN_WITH = ("room",)

    @staticmethod
    def rows() -> QuerySet[Message]:
        open_to_all = Room.objects.visible_to(AnonymousUser()).filter(pk=OuterRef("room"))
        spoken = Message.objects.saying_something().select_related("room")
        return spoken.annotate(is_open_to_all=Exists(open_to_all))

    @staticmethod
    def still_found(rows: QuerySet[Any]) -> QuerySet[Any]:
        """A message that was removed or hidden is found no more, from that moment."""
        return rows.saying_something()  # type: ignore[attr-defined]

    @staticmethod
    def audience(obj: Any) -> Audience:
        if obj.is_open_to_all:
            return EVERYBODY
        return Audience(frozenset({tokens.room(obj.room_id)}))

    @staticmethod
    def prepare_title(obj: Message) -> str:
        return obj.room.title

    @staticmethod
    def prepare_summary(obj: Message) -> str:
        return obj.text

    @staticmethod
    def prepare_updated_at(obj: Message) -> datetime:
        return obj.created_at
