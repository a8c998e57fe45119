"""As much of RFC 6455 as members of a room need; nothing is negotiated, so frames are what they look like."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass

TEXT, CLOSE, PING, PONG = 0x81, 0x88, 0x89, 0x8A
MASK = b"\0\0\0\0"
"""Of zeros: the payload stays as it is, and masking costs neither side's measurement anything."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame from a server."""

    opcode: int
    payload: bytes


def request(path: str, address: str, household: str) -> bytes:
    """The opening handshake of a member that a proxy let through from ``household``."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nX-Forwarded-For: {household}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    ).encode()


def packed(payload: bytes, opcode: int = TEXT) -> bytes:
    """A frame from a client."""
    if len(payload) < 126:
        return bytes((opcode, 0x80 | len(payload))) + MASK + payload
    return bytes((opcode, 0x80 | 126)) + struct.pack("!H", len(payload)) + MASK + payload


def unpacked(data: bytes) -> tuple[list[Frame], bytes]:
    """The whole frames at the beginning of ``data``, and the rest of it."""
    found, place = [], 0
    for frame, end in _frames(data):
        found.append(frame)
        place = end
    return found, data[place:]


def _frames(data: bytes) -> Iterator[tuple[Frame, int]]:
    place = 0
    while len(data) - place >= 2:
        length, begin = data[place + 1], place + 2
        if length == 126:
            if len(data) - place < 4:
                return
            length, begin = struct.unpack_from("!H", data, place + 2)[0], place + 4
        if len(data) < begin + length:
            return
        yield Frame(data[place], data[begin : begin + length]), begin + length
        place = begin + length


def read_more(descriptor: int) -> bytes:
    """What has come; empty once the server has closed."""
    return os.read(descriptor, 65536)
