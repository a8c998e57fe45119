"""The short way out: offered where nothing can go wrong with it, and refused while something could."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from portal.live import wire
from portal.live.frames import say
from portal.live.hub import Hub
from portal.serve.web import HOST, reserve

LARGE = wire.encode("x" * 60_000)


class Room:
    """An application that lets one member in and keeps hold of the way out to them."""

    def __init__(self) -> None:
        self.way = asyncio.get_running_loop().create_future()
        self.left = asyncio.Event()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        self.way.set_result(wire.of(scope))
        while (await receive())["type"] != "websocket.disconnect":
            pass
        self.left.set()


@asynccontextmanager
async def served(**how: Any) -> AsyncIterator[tuple[Room, str]]:
    """A server of one room, as long as the block lasts."""
    room, taken = Room(), reserve(0)
    usual = {"ws": wire.WireProtocol, "ws_per_message_deflate": False, "lifespan": "off", "log_config": None}
    server = uvicorn.Server(uvicorn.Config(room, **{**usual, **how}))
    running = asyncio.create_task(server.serve(sockets=[taken]))
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield room, f"ws://{HOST}:{taken.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running


async def test_a_frame_written_is_the_frame_sent():
    said = say("message", text="“здравствуйте” 你好 " * 200)

    async with served() as (room, address), connect(address, compression=None) as member:
        assert (await room.way)(said.wire)
        heard = await member.recv()

    assert heard == said.event["text"]


@pytest.mark.parametrize("how", [{"ws": "websockets-sansio"}, {"ws_per_message_deflate": True}])
async def test_no_short_way_behind_another_server_or_a_negotiated_extension(how):
    async with served(**how) as (room, address), connect(address):
        assert await room.way is wire.refuse


async def test_a_reader_that_does_not_keep_up_closes_the_short_way():
    async with served() as (room, address), connect(address, compression=None, max_queue=1) as member:
        write = await room.way
        taken = 0
        while write(LARGE):
            taken += 1
        heard = [await member.recv() for _ in range(taken)]

    assert {len(each) for each in heard} == {60_000}


async def test_a_member_who_has_gone_closes_the_short_way():
    async with served() as (room, address):
        async with connect(address, compression=None):
            write = await room.way
        await room.left.wait()

        assert not write(LARGE)


async def test_after_a_close_frame_nothing_is_written():
    async with served() as (room, address), connect(address, compression=None) as member:
        write = await room.way
        write.__self__.conn.send_close(1000)

        assert not write(LARGE)
        await member.close()
        with pytest.raises(ConnectionClosed):
            await member.recv()


@pytest.mark.django_db(transaction=True)
def test_the_portal_itself_takes_the_short_way(dial, monkeypatch):
    admitted = []
    monkeypatch.setattr(Hub, "admit", lambda hub, socket: not admitted.append(socket))
    client = dial()

    client.say("join", topic="unknown:1", ref=1)
    client.hear("error")

    assert [type(socket.write.__self__) for socket in admitted] == [wire.WireProtocol]
