"""The members of the room: one process with all of their sockets, told what to do by lines of JSON.

``{"members": n}`` lets them in, and proves that all of them hear the same 100 bytes; ``{"messages": n, "window": n}``
has them talk, and tells how it went. They leave at the end of input. Between two orders they only answer pings.
"""

from __future__ import annotations

import json
import os
import select
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from tests.bench.fan_out.dialects import DIALECTS, DIGITS, FRAME_BYTES, Dialect
from tests.bench.fan_out.frames import CLOSE, PING, PONG, TEXT, Frame, packed, read_more, request, unpacked

TOGETHER = 50
"""Handshakes under way at a time: a storm of them is another bench."""
PATIENCE = 15.0
"""Seconds without any frame after which what has not come is lost."""
STRIDE = 37
"""From one speaker to the next, so that nobody speaks too fast."""
HEAD = 2
WHOLE = HEAD + FRAME_BYTES


@dataclass
class Talk:
    """What is being said, and who has heard it: per message the time it was said and the time the last one heard."""

    messages: int
    members: int
    said_at: list[float] = field(default_factory=list)
    heard: list[int] = field(init=False)
    last_at: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.heard = [0] * self.messages
        self.last_at = [0.0] * self.messages

    @property
    def report(self) -> dict[str, Any]:
        """Deliveries, the seconds they took, the last member's latency of each message, and what was lost."""
        complete = [n for n, count in enumerate(self.heard) if count == self.members]
        return {
            "operations": sum(self.heard),
            "seconds": max(self.last_at) - self.said_at[0],
            "latencies": [self.last_at[n] - self.said_at[n] for n in complete],
            "lost": len(self.said_at) * self.members - sum(self.heard),
        }


class Room:
    """All members, in one process."""

    def __init__(self, dialect: Dialect, host: str, port: int) -> None:
        self.dialect = dialect
        self.address = host, port
        self.sockets: list[socket.socket] = []
        self.rest: dict[int, bytes] = {}
        self.poll = select.epoll()
        self.number_at = dialect.number_at
        self.spoken = 0

    # --- joining -----------------------------------------------------------------------------------

    def open(self, members: int) -> None:
        """Let everybody in, a few at a time."""
        for first in range(0, members, TOGETHER):
            batch = [self._knock(n) for n in range(first, min(first + TOGETHER, members))]
            for member in batch:
                self._enter(member)
        for member in self.sockets:
            member.setblocking(False)
            self.poll.register(member.fileno(), select.EPOLLIN)

    def _knock(self, number: int) -> socket.socket:
        member = socket.create_connection(self.address, 60)
        member.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        household = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        member.sendall(request(self.dialect.path, "{}:{}".format(*self.address), household))
        self.sockets.append(member)
        return member

    def _enter(self, member: socket.socket) -> None:
        head, rest = b"", b""
        while b"\r\n\r\n" not in head:
            head += _some(member)
        head, _, rest = head.partition(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise RuntimeError(f"not let in: {head[:200]!r}")
        for word in self.dialect.hello:
            member.sendall(packed(word.encode()))
        while self.dialect.joined and not self._is_in(rest):
            rest += _some(member)

    def _is_in(self, received: bytes) -> bool:
        frames, _ = unpacked(received)
        return any(frame.payload.startswith(self.dialect.joined.encode()) for frame in frames)

    # --- talking -----------------------------------------------------------------------------------

    def talk(self, messages: int, window: int) -> dict[str, Any]:
        """Say ``messages``, each by another member, ``window`` of them on their way at a time."""
        talk = Talk(messages, len(self.sockets))
        first = self.spoken
        for _ in range(min(window, messages)):
            talk.said_at.append(self._say())
        done = 0
        while done < messages:
            events = self.poll.poll(PATIENCE)
            if not events:
                break
            finished = self._hear(events, talk, first)
            for _ in range(min(finished, messages - len(talk.said_at))):
                talk.said_at.append(self._say())
            done += finished
        self.spoken = first + messages
        return talk.report

    def prove(self) -> None:
        """One message, and everybody hears it to the byte."""
        wanted = self.dialect.delivered(self.spoken).encode()
        if len(wanted) != FRAME_BYTES:
            raise RuntimeError(f"a delivered frame would have {len(wanted)} bytes")
        self._say()
        waiting = {member.fileno() for member in self.sockets}
        while waiting:
            for descriptor, _ in self.poll.poll(PATIENCE) or _nothing_came(waiting):
                frames, self.rest[descriptor] = unpacked(self.rest.pop(descriptor, b"") + read_more(descriptor))
                if any(frame.payload == wanted for frame in frames):
                    waiting.discard(descriptor)
        self.rest = {descriptor: rest for descriptor, rest in self.rest.items() if rest}

    def _say(self) -> float:
        number = self.spoken
        self.spoken += 1
        frame = packed(self.dialect.sent(number).encode())
        began = time.perf_counter()
        self.sockets[number * STRIDE % len(self.sockets)].send(frame)
        return began

    def _hear(self, events: list[tuple[int, int]], talk: Talk, first: int) -> int:
        """Count what has come; how many messages have now reached their last member."""
        heard, members, finished = talk.heard, talk.members, 0
        for number in self._numbers(events):
            place = number - first
            if place < 0:
                continue  # of an earlier talk, given up as lost
            heard[place] += 1
            if heard[place] == members:
                finished += 1
            talk.last_at[place] = time.perf_counter()
        return finished

    def _numbers(self, events: list[tuple[int, int]]) -> Iterator[int]:
        """The numbers of what was said; whole lone frames, nearly all there are, take the short way."""
        begin = HEAD + self.number_at
        end = begin + DIGITS
        for descriptor, _ in events:
            data = read_more(descriptor)
            if len(data) == WHOLE and data[0] == TEXT and descriptor not in self.rest:
                yield int(data[begin:end])
            else:
                yield from self._carefully(descriptor, data)

    def _carefully(self, descriptor: int, data: bytes) -> Iterator[int]:
        if not data:
            raise RuntimeError("a member was sent away")
        frames, rest = unpacked(self.rest.pop(descriptor, b"") + data)
        if rest:
            self.rest[descriptor] = rest
        for frame in frames:
            number = self.dialect.number_in(frame.payload) if frame.opcode == TEXT else None
            if number is None:
                self._answer(descriptor, frame)
            else:
                yield number

    def _answer(self, descriptor: int, frame: Frame) -> None:
        if frame.opcode == CLOSE:
            raise RuntimeError(f"a member was sent away: {frame.payload!r}")
        if frame.opcode == PING:
            os.write(descriptor, packed(frame.payload, PONG))
        if frame.opcode == TEXT and frame.payload == self.dialect.alive[0].encode():
            os.write(descriptor, packed(self.dialect.alive[1].encode()))

    def idle(self) -> None:
        """Nothing is being said: read what has come, and answer pings."""
        for _ in self._numbers(self.poll.poll(0)):
            pass


def _some(member: socket.socket) -> bytes:
    data = member.recv(65536)
    if not data:
        raise RuntimeError("a member was sent away")
    return data


def _nothing_came(waiting: set[int]) -> NoReturn:
    raise RuntimeError(f"{len(waiting)} members did not hear the first message")


def main(dialect: str, host: str, port: str) -> None:
    """Obey until the input ends."""
    room = Room(DIALECTS[dialect], host, int(port))
    while True:
        ready, _, _ = select.select([sys.stdin, room.poll.fileno()], [], [])
        if sys.stdin not in ready:
            room.idle()
            continue
        line = sys.stdin.readline()
        if not line:
            return
        order = json.loads(line)
        print(json.dumps(_obeyed(room, order)), flush=True)


def _obeyed(room: Room, order: dict[str, int]) -> dict[str, Any]:
    if "members" in order:
        room.open(order["members"])
        room.prove()
        return {"joined": len(room.sockets)}
    return room.talk(**order)


if __name__ == "__main__":
    main(*sys.argv[1:])
