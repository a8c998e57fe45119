"""The shortest way out: a frame encoded once, and its bytes written to every socket.

A server's ``send`` encodes each frame anew for each socket, behind middleware and a coroutine; in a big room that is
half of a delivery. ``WireProtocol`` is uvicorn's own protocol that offers, besides, to write a frame as it is, by the
ASGI extension ``portal.wire``. Behind any other server everything works by ``send``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State

EXTENSION: Final = "portal.wire"

Write = Callable[[bytes], bool]
"""Writes a whole frame at once and says so, or does nothing: then it is for ``send``, which may wait or refuse."""


class WireProtocol(WebSocketsSansIOProtocol):
    """Takes frames as bytes while the socket is open, its reader keeps up, and nothing was negotiated over them."""

    async def run_asgi(self) -> None:
        if not self.conn.extensions:
            self.scope["extensions"] = {**self.scope["extensions"], EXTENSION: {"write": self.write}}
        await super().run_asgi()

    def write(self, frame: bytes) -> bool:
        """See ``Write``."""
        if self.conn.state is not State.OPEN or not self.writable.is_set() or self.transport.is_closing():
            return False
        self.transport.write(frame)
        return True


def encode(text: str) -> bytes:
    """The frame of a server that carries ``text``."""
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


def of(scope: dict[str, Any]) -> Write:
    """The short way that the server of this socket offers, if it does."""
    return scope.get("extensions", {}).get(EXTENSION, {}).get("write", refuse)


def refuse(frame: bytes) -> bool:
    """No short way."""
    return False
