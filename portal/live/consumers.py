"""The socket's consumer: takes frames in, asks the topic, answers. It knows no word of any domain."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import Error as DatabaseError
from django.utils.translation import gettext as _

from portal.kernel.errors import Missing, Refused

from . import frames, limits, wire
from .asking import ask
from .frames import Request, say
from .hub import hub_here
from .people import address_of, credential_of, person_of
from .publish import publish
from .sockets import Identity, Socket
from .topics import Standing, resolve

log = logging.getLogger(__name__)

MOST_TOPICS: Final = 100
MOST_FAULTS: Final = 20
"""Malformed frames before the socket is closed."""
BREATH: Final = 0.05
"""Seconds between two looks whether somebody who sends too many frames may send the next."""


class PortalConsumer(AsyncWebsocketConsumer):
    """One tab's socket, carrying all of its topics.

    Every right is asked of the database when it is used; what is listened to is asked again by the hub.
    """

    channel_layer_alias = "none"  # news comes by the hub

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one socket; the hub forgets it, whatever ends it."""
        self.hub = hub_here()
        self.faults = 0
        try:
            await super().__call__(scope, receive, send)
        finally:
            if hasattr(self, "socket"):
                self.hub.dismiss(self.socket)

    async def connect(self) -> None:
        credential = credential_of(self.scope)
        user_id = (await ask(person_of, credential)).pk if credential else None
        identity = Identity(credential, user_id, address_of(self.scope))
        self.socket = Socket(identity, self.base_send, wire.of(self.scope))
        await self.accept()
        if credential and not user_id:
            self.socket.close(frames.SIGNED_OUT)
            return
        if not self.hub.admit(self.socket) or await self.hub.is_one_too_many(self.socket):
            self.socket.error(frames.TOO_FAST)
            self.socket.close(frames.CROWDED)

    async def dispatch(self, message: Mapping[str, Any]) -> None:
        """As Channels does, but without a walk over the database connections for every frame."""
        if message["type"] == "websocket.receive":
            await self.websocket_receive(message)
        else:
            await super().dispatch(message)

    async def disconnect(self, code: int) -> None:
        raise StopConsumer

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        while not limits.FRAMES.allows(self.socket.identity.household):
            await asyncio.sleep(BREATH)
        if self.socket.outlet.shut:
            return
        try:
            await self._obey(frames.parse(text_data))
        except frames.Fault as fault:
            self._fault(fault)
        except DatabaseError:
            log.exception("the database is away: a socket is closed, and comes back later")
            self.socket.close(frames.AWAY)

    def _fault(self, fault: frames.Fault) -> None:
        self.socket.error(fault.code, fault.ref)
        self.faults += 1
        if fault.fatal:
            self.socket.close(frames.LARGE)
        elif self.faults >= MOST_FAULTS:
            self.socket.close(frames.MALFORMED)

    async def _obey(self, request: Request) -> None:
        """Do what the frame asks; a refusal goes back with the frame's own ``ref``."""
        try:
            await DEEDS[request.do](self, request)
        except Missing:
            self.socket.error(frames.UNKNOWN_TOPIC, request.ref)
        except Refused as refused:
            self.socket.error(CODES.get(refused.code, frames.BAD_FRAME), request.ref)

    # --- what a frame can ask ----------------------------------------------------------------------

    async def join(self, request: Request) -> None:
        """Listen first and read what was missed second, so that nothing falls in between."""
        topic, key = resolve(request.topic)
        if len(self.socket.subscriptions) >= MOST_TOPICS:
            raise Missing
        subscription = await self.hub.join(self.socket, request.topic, topic, key)
        try:
            standing = await ask(self._standing, request)
        except (Missing, Refused):
            self.hub.leave(self.socket, request.topic)
            raise
        await self._tell_standing(request, standing)
        if self.socket.subscriptions.get(request.topic) is subscription:
            self.hub.start(subscription, standing)

    def _standing(self, request: Request) -> Standing:
        topic, key = resolve(request.topic)
        user = self._person()
        if not topic.can_join(user, key):
            raise Missing
        return topic.standing(user, key, request.after, request.since)

    async def _tell_standing(self, request: Request, standing: Standing) -> None:
        stands = {"seq": standing.seq, "rev": standing.rev, "changes": len(standing.changed)}
        facts = {"topic": request.topic, **stands, "ref": request.ref, "epoch": self.hub.epoch}
        await self.socket.outlet.put_when_free(say("joined", **facts))
        if standing.too_many:
            self.socket.put(say("gap", topic=request.topic, **{"from": request.after}))
        if standing.stale:
            self.socket.put(say("stale", topic=request.topic))
        for missed in (*standing.missed, *standing.changed):
            text = frames.encoded({"topic": request.topic, **missed})
            await self.socket.outlet.put_when_free(frames.frame(text))

    async def send_message(self, request: Request) -> None:
        seq = await ask(self._send, request)
        self.socket.put(say("ack", id=str(request.message_id), seq=seq, ref=request.ref, topic=request.topic))

    def _send(self, request: Request) -> int:
        topic, key = resolve(request.topic)
        if not limits.MESSAGES.allows(f"{self.socket.identity.household} {request.topic}"):
            raise Refused(_("That was too fast. Wait a moment."), code=frames.TOO_FAST)
        assert request.message_id is not None  # the frame was checked
        person, answers = self._person(), request.reply_to
        return topic.send(person, key, message_id=request.message_id, text=request.text, reply_to=answers)

    async def typing(self, request: Request) -> None:
        topic, key = resolve(request.topic)
        if request.topic not in self.socket.subscriptions:
            raise Missing
        if limits.TYPING.allows(f"{self.socket.identity.household} {request.topic}"):
            await ask(lambda: publish(request.topic, {"on": "typing", **topic.typing(self._person(), key)}))

    async def read(self, request: Request) -> None:
        topic, key = resolve(request.topic)
        await ask(lambda: topic.read(self._person(), key, request.seq))

    async def leave(self, request: Request) -> None:
        self.hub.leave(self.socket, request.topic)

    def _person(self) -> Any:
        """Who is at the other end at this moment; ``Missing`` when it is no longer who opened the socket."""
        user = person_of(self.socket.identity.credential)
        if user.pk != self.socket.identity.user_id:
            raise Missing
        return user


TOLD: Final = (frames.CLOSED, frames.TOO_LARGE, frames.TOO_FAST, frames.LOCKED, frames.MUTED, frames.WATCHED)
CODES: Final = {code: code for code in TOLD}

DEEDS: Final[Mapping[str, Callable[[PortalConsumer, Request], Awaitable[None]]]] = {
    "join": PortalConsumer.join,
    "send": PortalConsumer.send_message,
    "typing": PortalConsumer.typing,
    "read": PortalConsumer.read,
    "leave": PortalConsumer.leave,
}
