"""The least that Python can do: ``websockets.broadcast`` to everybody, without Redis. Argument: port."""

from __future__ import annotations

import asyncio
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve

members: set[ServerConnection] = set()


async def room(member: ServerConnection) -> None:
    members.add(member)
    try:
        async for text in member:
            broadcast(members, text)
    finally:
        members.discard(member)


async def main(port: int) -> None:
    async with serve(room, "127.0.0.1", port, compression=None) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
