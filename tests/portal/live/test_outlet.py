"""A socket's way out: straight, queued, overflowed, gone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from portal.live.frames import OVERFLOWED, frame
from portal.live.outlet import MOST_BYTES, MOST_FRAMES, Outlet
from portal.live.wire import encode

HEADER = len(encode("x" * 70_000)) - 70_000


class Peer:
    """The server's side of a socket whose reader can be made to stop."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.reads = asyncio.Event()
        self.reads.set()
        self.gone = False
        self.overflows = 0
        self.outlet = Outlet(self.send, self.overflow)

    async def send(self, event: dict[str, Any]) -> None:
        await self.reads.wait()
        if self.gone:
            raise OSError
        self.got.append(event.get("text", event.get("code")))

    def overflow(self) -> None:
        self.overflows += 1


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_reader_who_keeps_up_gets_each_frame_at_once():
    peer = Peer()

    peer.outlet.put(frame("one"))
    peer.outlet.put(frame("two"))

    assert peer.got == ["one", "two"]


async def test_the_short_way_is_taken_while_it_is_open():
    peer = Peer()
    written: list[bytes] = []
    outlet = Outlet(peer.send, peer.overflow, lambda wire: len(written) < 2 and not written.append(wire))
    peer.reads.clear()
    for text in ("one", "two", "three", "four"):
        outlet.put(frame(text))

    peer.reads.set()
    await settle()

    assert (written, peer.got) == ([encode("one"), encode("two")], ["three", "four"])


async def test_what_comes_while_the_reader_rests_waits_in_order():
    peer = Peer()
    peer.reads.clear()
    for text in ("one", "two", "three"):
        peer.outlet.put(frame(text))
    assert peer.got == []

    peer.reads.set()
    await settle()
    peer.outlet.put(frame("four"))

    assert peer.got == ["one", "two", "three", "four"]


@pytest.mark.parametrize(("text", "fits"), [("x", MOST_FRAMES), ("x" * (MOST_BYTES // 4 - HEADER), 4)])
async def test_a_reader_too_far_behind_is_told_to_come_back(text, fits):
    peer = Peer()
    peer.reads.clear()
    for _ in range(1 + fits):
        peer.outlet.put(frame(text))
    assert peer.overflows == 0

    peer.outlet.put(frame(text))
    peer.outlet.put(frame(text))
    peer.reads.set()
    await settle()

    assert (peer.overflows, peer.got) == (1, [text, OVERFLOWED])


async def test_much_at_a_time_waits_for_the_reader():
    peer = Peer()
    peer.reads.clear()
    peer.outlet.put(frame("first"))

    giving = asyncio.create_task(peer.outlet.put_when_free(frame("second")))
    await settle()
    assert not giving.done()
    peer.reads.set()
    await giving

    assert peer.got == ["first", "second"]


async def test_a_peer_that_has_gone_takes_nothing_and_harms_nobody():
    peer = Peer()
    peer.gone = True

    peer.outlet.put(frame("one"))
    peer.outlet.put(frame("two"))

    assert (peer.got, peer.outlet.shut) == ([], True)


async def test_a_peer_that_goes_while_it_rests_is_let_go():
    peer = Peer()
    peer.reads.clear()
    peer.outlet.put(frame("one"))
    peer.outlet.put(frame("two"))

    peer.gone = True
    peer.reads.set()
    await settle()

    assert (peer.got, peer.outlet.shut) == ([], True)


async def test_after_goodbye_nothing_is_said():
    peer = Peer()

    peer.outlet.close(4401)
    peer.outlet.put(frame("one more thing"))
    await settle()

    assert peer.got == [4401]


async def test_goodbye_to_somebody_who_never_listens_ends(monkeypatch):
    monkeypatch.setattr("portal.live.outlet.LAST_WORD", 0.01)
    peer = Peer()
    peer.reads.clear()
    peer.outlet.put(frame("one"))

    peer.outlet.close(4401)
    await asyncio.sleep(0.05)

    assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []


async def test_who_is_forgotten_leaves_no_task_behind():
    peer = Peer()
    peer.reads.clear()
    peer.outlet.put(frame("one"))

    peer.outlet.forget()
    await settle()

    assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []
