"""How one speaks to each contestant: what opens a socket, what joins, what says something, and how it comes back.

Whatever the dialect, a delivered frame is 100 bytes long, and the number of what was said stands in it at a known
place: counting must cost the members the same, and little.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from functools import cached_property

FRAME_BYTES = 100
DIGITS = 6
FILLER = "abcdefghijklmnopqrstuvwxyz0123456789 " * 3
ROOM = "bench:room"


@dataclass(frozen=True)
class Dialect:
    """``said`` is what stands around the text in a delivered frame; ``joined`` the beginning of the last answer."""

    path: str = "/"
    said: tuple[str, str] = ("", "")
    hello: tuple[str, ...] = ()
    joined: str = ""
    alive: tuple[str, str] = ("", "")
    """What the server asks, over its own protocol, to see whether a member is there; and the answer."""

    @property
    def number_at(self) -> int:
        """Where in a delivered frame the number begins."""
        return len(self.said[0])

    @cached_property
    def filler(self) -> str:
        """What follows the number in a text: as much as makes a delivered frame of 100 bytes."""
        return FILLER[: FRAME_BYTES - len("".join(self.said)) - DIGITS]

    def text(self, number: int) -> str:
        """What the member says."""
        return f"{number:0{DIGITS}}{self.filler}"

    def number_in(self, payload: bytes) -> int | None:
        """The number of what is told in a frame, in whatever words before it: what was looked for again says more."""
        end = f"{self.filler}{self.said[1]}".encode()
        return int(payload[: -len(end)][-DIGITS:]) if payload.endswith(end) else None

    def sent(self, number: int) -> str:
        """The frame in which a member says it."""
        return self.text(number)

    def delivered(self, number: int) -> str:
        """The frame in which every member hears it."""
        return self.text(number).join(self.said)


@dataclass(frozen=True)
class Portal(Dialect):
    """The portal's own: contract of ``/ws/``."""

    path: str = "/ws/"
    said: tuple[str, str] = (f'{{"topic":"{ROOM}","on":"message","text":"', '"}')
    hello: tuple[str, ...] = (json.dumps({"do": "join", "topic": ROOM, "ref": 1}),)
    joined: str = '{"on":"joined"'

    def sent(self, number: int) -> str:
        return json.dumps({"do": "send", "topic": ROOM, "id": str(uuid.uuid4()), "text": self.text(number)})


@dataclass(frozen=True)
class SocketIO(Dialect):
    """Socket.IO 5 on Engine.IO 4, straight over a WebSocket."""

    path: str = "/socket.io/?EIO=4&transport=websocket"
    said: tuple[str, str] = ('42["said","', '"]')
    hello: tuple[str, ...] = ("40",)
    joined: str = "40"
    alive: tuple[str, str] = ("2", "3")

    def sent(self, number: int) -> str:
        return "42" + json.dumps(["say", self.text(number)], separators=(",", ":"))


DIALECTS = {"portal": Portal(), "socketio": SocketIO(), "plain": Dialect(), "nchan": Dialect(path="/room")}
