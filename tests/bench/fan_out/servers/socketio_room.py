"""A room of python-socketio, with its Redis manager. Arguments: port, Redis port."""

from __future__ import annotations

import sys
from typing import Any

import socketio

from tests.bench.fan_out.servers.serving import serve

PORT, REDIS_PORT = sys.argv[1:]
ROOM = "room"

server = socketio.AsyncServer(
    async_mode="asgi",
    client_manager=socketio.AsyncRedisManager(f"redis://127.0.0.1:{REDIS_PORT}"),
    cors_allowed_origins="*",
)


@server.event
async def connect(sid: str, environ: dict[str, Any]) -> None:
    await server.enter_room(sid, ROOM)


@server.event
async def say(sid: str, text: str) -> None:
    await server.emit("said", text, room=ROOM)


if __name__ == "__main__":
    serve(socketio.ASGIApp(server), int(PORT))
