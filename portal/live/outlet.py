"""One socket's way out: straight through while its reader keeps up, a bounded queue once it does not.

The server's ``send`` suspends when the peer does not read. To wait for it would stall everybody else in the room,
and to make a task of each send costs more than the send. So its coroutine is stepped once: nearly always it is
then done. If it is not, the rest of it goes to a writer task, and what comes meanwhile waits in a queue.
"""

from __future__ import annotations

import asyncio
import types
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any, Final

from .frames import OVERFLOWED, Frame
from .wire import Write, refuse

MOST_FRAMES: Final = 256
MOST_BYTES: Final = 1024 * 1024
LAST_WORD: Final = 5.0
"""Seconds that a close frame may take to leave before the socket is left to the server's time-outs."""

Event = dict[str, Any]
Send = Callable[[Event], Coroutine[Any, Any, None]]


class Outlet:
    """What is put in leaves in order, or the socket is closed; putting never waits.

    ``on_overflow`` is called once when the reader has fallen 256 frames or 1 MiB behind.
    """

    __slots__ = ("_goodbye", "_idle", "_on_overflow", "_queue", "_queued", "_send", "_write", "_writer", "shut")

    def __init__(self, send: Send, on_overflow: Callable[[], None], write: Write = refuse) -> None:
        self._send = send
        self._write = write
        self._on_overflow = on_overflow
        self._queue: deque[Frame] = deque()
        self._queued = 0
        self._writer: asyncio.Task[None] | None = None
        self._goodbye: asyncio.Task[None] | None = None
        self._idle = asyncio.Event()
        self._idle.set()
        self.shut = False

    def put(self, frame: Frame) -> None:
        """Send ``frame`` after all that was put in before it. Nothing happens once the outlet is shut."""
        if self.shut:
            return
        if self._writer is None:
            if not self._write(frame.wire):
                self._step(frame.event)
        elif len(self._queue) >= MOST_FRAMES or self._queued + frame.size > MOST_BYTES:
            self._overflow()
        else:
            self._queue.append(frame)
            self._queued += frame.size

    async def put_when_free(self, frame: Frame) -> None:
        """As ``put``, but wait for the reader first: for much at a time that the reader itself asked for."""
        await self._idle.wait()
        self.put(frame)

    def close(self, code: int) -> None:
        """Say goodbye with ``code`` and send nothing more."""
        if self.shut:
            return
        self.shut = True
        waiting, self._writer = self._writer, None
        self._queue.clear()
        self._idle.set()
        self._goodbye = asyncio.get_running_loop().create_task(self._say_goodbye(waiting, code))

    def forget(self) -> None:
        """The socket is gone: let go of everything."""
        self.shut = True
        self._queue.clear()
        self._idle.set()
        if self._writer is not None:
            self._writer.cancel()

    def _step(self, event: Event) -> None:
        sending = self._send(event)
        try:
            awaited = sending.send(None)
        except StopIteration:
            return
        except Exception:  # whatever a server raises for a peer that has gone: its disconnect is on the way
            self.shut = True
            return
        self._idle.clear()
        self._writer = asyncio.get_running_loop().create_task(self._finish(_rest_of(sending, awaited)))

    async def _finish(self, unfinished: Awaitable[None]) -> None:
        try:
            await unfinished
            while self._queue:
                frame = self._queue.popleft()
                self._queued -= frame.size
                await self._send(frame.event)
        except Exception:  # as in _step
            self.shut = True
        finally:
            self._writer = None
            self._idle.set()

    def _overflow(self) -> None:
        self.close(OVERFLOWED)
        self._on_overflow()

    async def _say_goodbye(self, unfinished: asyncio.Task[None] | None, code: int) -> None:
        try:
            async with asyncio.timeout(LAST_WORD):
                if unfinished is not None:
                    await asyncio.wait([unfinished])
                await self._send({"type": "websocket.close", "code": code})
        except Exception:  # it did not want to hear it
            if unfinished is not None:
                unfinished.cancel()


@types.coroutine
def _rest_of(sending: Coroutine[Any, Any, None], awaited: Any) -> Generator[Any, Any, None]:
    """What is left of ``sending``, which was stepped once and waits for ``awaited``."""
    while True:
        try:
            outcome, error = (yield awaited), None
        except BaseException as raised:  # a cancellation too is the coroutine's to see
            outcome, error = None, raised
        try:
            awaited = sending.send(outcome) if error is None else sending.throw(error)
        except StopIteration:
            return
