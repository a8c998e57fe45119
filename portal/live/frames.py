"""What goes over the wire: frames in, checked before anything is done with them; frames out, encoded once."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from .wire import encode

MOST_BYTES: Final = 64 * 1024
MOST_CHARACTERS: Final = 10_000
MOST_MISSED: Final = 500
MOST_NUMBER: Final = 2**53

BAD_FRAME: Final = "bad_frame"
UNKNOWN_TOPIC: Final = "unknown_topic"
TOO_LARGE: Final = "too_large"
TOO_FAST: Final = "too_fast"
CLOSED: Final = "closed"
LOCKED: Final = "locked"
MUTED: Final = "muted"
WATCHED: Final = "watched"

OVERFLOWED: Final = 4008
"""Close code: the reader was too slow; it may come back and ask for what it missed."""
MALFORMED: Final = 4400
"""Close code: frame after frame made no sense."""
SIGNED_OUT: Final = 4401
"""Close code: the session that opened the socket is over."""
CROWDED: Final = 4429
"""Close code: this person, or this network address, has too many sockets."""
LARGE: Final = 1009
"""Close code of the protocol itself: one frame was too large."""
AWAY: Final = 1013
"""Close code of the protocol itself: something is away for the moment; come back later."""

Ref = int | str | None


class Fault(Exception):
    """A frame that is turned down: ``code`` for the program at the other end, ``ref`` as it gave it.

    ``fatal`` when the socket is not worth keeping.
    """

    def __init__(self, code: str, ref: Ref = None, *, fatal: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.ref = ref
        self.fatal = fatal


@dataclass(frozen=True, slots=True)
class Request:
    """One frame from a client, well-formed. Fields that its ``do`` does not have are None or empty."""

    do: str
    topic: str
    ref: Ref = None
    after: int | None = None
    since: int | None = None
    seq: int = 0
    message_id: uuid.UUID | None = None
    text: str = ""
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame to clients, encoded once: ``event`` is handed to each socket as it is, or ``wire`` is written.

    ``seq`` is its place in the topic's sequence, where it has one.
    """

    event: dict[str, Any]
    wire: bytes
    seq: int | None

    @property
    def size(self) -> int:
        """How many bytes it is on the wire."""
        return len(self.wire)


def frame(text: str, seq: int | None = None) -> Frame:
    """The frame that carries ``text``."""
    return Frame({"type": "websocket.send", "text": text}, encode(text), seq)


def encoded(said: Mapping[str, Any]) -> str:
    """``said`` as the text of a frame."""
    return orjson.dumps(said).decode()


def say(on: str, **facts: Any) -> Frame:
    """The frame ``{"on": on, **facts}``."""
    return frame(encoded({"on": on, **facts}))


def _topic(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 100:
        raise ValueError
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value < MOST_NUMBER:
        raise ValueError
    return value


def _perhaps_number(value: Any) -> int | None:
    return None if value is None else _number(value)


def _ref(value: Any) -> Ref:
    if value is None or (type(value) is int and abs(value) < MOST_NUMBER):
        return value
    if isinstance(value, str) and len(value) <= 64:
        return value
    raise ValueError


def _id(value: Any) -> uuid.UUID:
    if not isinstance(value, str) or len(value) > 45:
        raise ValueError
    return uuid.UUID(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value


Check = Callable[[Any], Any]
SHAPES: Final[Mapping[str, Mapping[str, Check]]] = {
    "join": {"topic": _topic, "after": _perhaps_number, "since": _perhaps_number},
    "send": {"topic": _topic, "id": _id, "text": _text, "reply_to": _perhaps_number},
    "typing": {"topic": _topic},
    "read": {"topic": _topic, "seq": _number},
    "leave": {"topic": _topic},
}


def parse(text: str | None) -> Request:
    """The request in ``text``; ``Fault`` when it is none. ``None`` stands for a binary frame."""
    if text is None:
        raise Fault(BAD_FRAME)
    if len(text) > MOST_BYTES:
        raise Fault(TOO_LARGE, fatal=True)
    given = _flat_object(text)
    ref = _checked_ref(given)
    do = given.get("do")
    shape = SHAPES.get(do) if isinstance(do, str) else None
    if shape is None:
        raise Fault(BAD_FRAME, ref)
    try:
        values = {name: check(given.get(name)) for name, check in shape.items()}
    except ValueError:
        raise Fault(BAD_FRAME, ref) from None
    if len(values.get("text", "")) > MOST_CHARACTERS:
        raise Fault(TOO_LARGE, ref)
    if "id" in values:
        values["message_id"] = values.pop("id")
    return Request(do=str(do), ref=ref, **values)


def _flat_object(text: str) -> dict[str, Any]:
    """``text`` as a JSON object without anything nested in it: the protocol has no deeper frame."""
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Fault(BAD_FRAME) from None
    if not isinstance(given, dict) or any(isinstance(value, dict | list) for value in given.values()):
        raise Fault(BAD_FRAME)
    return given


def _checked_ref(given: dict[str, Any]) -> Ref:
    try:
        return _ref(given.get("ref"))
    except ValueError:
        raise Fault(BAD_FRAME) from None
