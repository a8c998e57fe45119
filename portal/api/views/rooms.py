"""Talk: what was said in a room, and saying something."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from portal.discussions import actions, queries, rules
from portal.discussions.events import said
from portal.discussions.models import Room
from portal.kernel.access import fetch
from portal.kernel.errors import Refused
from portal.live import limits

from ..base import ApiView, narrowed

ROOMS = Room.objects.select_related("content_type")
MOST_NUMBER = 2**53


class AuthorSerializer(serializers.Serializer):
    """Who said it."""

    id = serializers.CharField()
    name = serializers.CharField()


class MessageSerializer(serializers.Serializer):
    """Something said. ``seq`` is its place in the room; ``removed`` is when it was taken back.

    ``hidden`` is when its words were hidden; ``key`` is its name in other addresses.
    ``reply_to`` is the place of what it answers; ``reactions`` says how many put which sign on it.
    """

    seq = serializers.IntegerField()
    id = serializers.CharField()
    key = serializers.CharField()
    author = AuthorSerializer()
    text = serializers.CharField()
    html = serializers.CharField()
    at = serializers.DateTimeField()
    reply_to = serializers.IntegerField(required=False)
    reactions = serializers.DictField(child=serializers.IntegerField(), required=False)
    pinned = serializers.DateTimeField(required=False)
    edited = serializers.DateTimeField(required=False)
    removed = serializers.DateTimeField(required=False)
    hidden = serializers.DateTimeField(required=False)


class MessagesSerializer(serializers.Serializer):
    """A piece of the room's history, oldest first; ``seq`` is the room's newest number."""

    items = MessageSerializer(many=True)
    next = serializers.IntegerField(allow_null=True)
    seq = serializers.IntegerField()


class MessageWriteSerializer(serializers.Serializer):
    """Something to say; ``id`` is of the writer's making, so that a resend is harmless.

    ``@**Name**`` in the text calls somebody, who is told if they can see the room.
    """

    id = serializers.UUIDField()
    text = serializers.CharField(max_length=actions.MOST_CHARACTERS)
    reply_to = serializers.IntegerField(required=False, min_value=1, max_value=MOST_NUMBER)


class MessagesView(ApiView):
    """The messages of a room."""

    @extend_schema(
        operation_id="list_messages", summary="Read a room", responses=MessagesSerializer,
        parameters=[OpenApiParameter("after", int, description="The last `seq` that was read.")],
    )  # fmt: skip
    def get(self, request: Request, public_id: str) -> Response:
        """What was said after ``after`` (from the beginning without it), a hundred at a time."""
        after = _number(narrowed(request, {"after": None}, paging=()).get("after", "0"))
        room = fetch(ROOMS, request.user, rules.can_read_room, public_id=public_id)
        found = queries.messages_after(room, after, 100)
        items = [_shown(message) for message in found]
        more = bool(found) and found[-1].seq < room.seq
        return Response({"items": items, "next": found[-1].seq if more else None, "seq": room.seq})

    @extend_schema(
        operation_id="post_message", summary="Say something", request=MessageWriteSerializer,
        responses={201: MessageSerializer},
    )  # fmt: skip
    def post(self, request: Request, public_id: str) -> Response:
        """The same ``id`` again is the same message."""
        given = self.taken(MessageWriteSerializer)

        def deed() -> Response:
            room = fetch(ROOMS, request.user, rules.can_read_room, public_id=public_id)
            if not limits.MESSAGES.allows(f"user:{request.user.pk} {room.topic}"):
                raise Throttled(wait=1)
            author: Any = request.user
            said = {"text": given["text"], "client_id": given["id"], "reply_to": given.get("reply_to")}
            message = actions.post_message(room, author=author, **said)
            return Response(_shown(message), status=201)

        return self.once(deed, still=lambda told: fetch(ROOMS, request.user, rules.can_read_room, public_id=public_id))


def _number(given: str) -> int:
    if not (given.isascii() and given.isdigit() and int(given[:20]) < MOST_NUMBER):
        raise Refused(_("after is the number of a message."), code="bad_after", field="after")
    return int(given)


KEPT = ("seq", "id", "text", "html", "at", "edited", "removed", "hidden", "pinned")


def _shown(message: Any) -> dict[str, Any]:
    facts = said(message)
    shown: dict[str, Any] = {name: facts[name] for name in KEPT if name in facts}
    if answered := facts.get("reply_to"):
        shown["reply_to"] = answered["seq"]
    if facts.get("reactions"):
        shown["reactions"] = dict(facts["reactions"])
    return shown | {"key": message.public_id, "author": {"id": facts["author"]["id"], "name": facts["author"]["name"]}}
