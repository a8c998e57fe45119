"""A room as the Channels documentation has it: a group of the channel layer. Arguments: port, Redis port, layer."""

from __future__ import annotations

import sys

import django
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import path

from tests.bench.fan_out.servers.serving import serve

PORT, REDIS_PORT, LAYER = sys.argv[1:]
BACKENDS = {"core": "channels_redis.core.RedisChannelLayer", "pubsub": "channels_redis.pubsub.RedisPubSubChannelLayer"}
ROOM = "room"


class RoomConsumer(AsyncWebsocketConsumer):
    """Says to the group what it is told, and to its member what the group is told."""

    async def connect(self) -> None:
        await self.channel_layer.group_add(ROOM, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(ROOM, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.channel_layer.group_send(ROOM, {"type": "room.said", "text": text_data})

    async def room_said(self, event: dict[str, str]) -> None:
        await self.send(text_data=event["text"])


if __name__ == "__main__":
    settings.configure(
        INSTALLED_APPS=["channels"],
        SECRET_KEY="bench",
        CHANNEL_LAYERS={
            "default": {"BACKEND": BACKENDS[LAYER], "CONFIG": {"hosts": [f"redis://127.0.0.1:{REDIS_PORT}"]}}
        },
    )
    django.setup()
    serve(ProtocolTypeRouter({"websocket": URLRouter([path("", RoomConsumer.as_asgi())])}), int(PORT))
