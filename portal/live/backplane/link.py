"""A hub's connection to Redis: what it follows, and finding its feet again after a cut."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Final

import redis.asyncio
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeout

from .news import Listener
from .register import Register
from .wire import CONTROL, address_in, channel_of, unpacked

log = logging.getLogger(__name__)

SIGN_OF_LIFE: Final = 5.0
"""Seconds of silence after which Redis is asked whether it is still there."""
ANSWER_WITHIN: Final = 2.0
"""Seconds after which a Redis that was asked and says nothing counts as lost: it may hang with its door open."""
CONNECTIONS: Final = 16
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 3.0
FOLLOWED_WITHIN: Final = 1.0


class Link:
    """Brings news from Redis to one hub. All of it happens in the hub's loop.

    While it is cut the hub is asked, every few seconds and once more after each return, to look for what it missed.
    """

    def __init__(self, url: str, origin: str, hub: Listener) -> None:
        self.loop = asyncio.get_running_loop()
        pool = redis.asyncio.BlockingConnectionPool.from_url(
            url,
            decode_responses=True,
            max_connections=CONNECTIONS,
            timeout=ANSWER_WITHIN,
            socket_timeout=ANSWER_WITHIN,
            socket_connect_timeout=ANSWER_WITHIN,
            retry=Retry(NoBackoff(), 0),
        )
        self._client = redis.asyncio.Redis(connection_pool=pool)
        self.register = Register(self._client, origin)
        self._origin = origin
        self._hub = hub
        self._followed: dict[str, asyncio.Event] = {}
        self._pubsub: PubSub | None = None
        self._order = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()

    def open(self) -> None:
        """Begin to listen."""
        self.later(self._keep_listening())

    def close(self) -> None:
        """Listen no more."""
        for task in self._tasks:
            task.cancel()

    def later(self, deed: Coroutine[Any, Any, Any]) -> None:
        """Have it done by the loop, and hold on to it meanwhile."""
        task = self.loop.create_task(deed)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- following ---------------------------------------------------------------------------------

    async def follow(self, address: str) -> None:
        """Have news for ``address`` brought. Returns once Redis has confirmed it, or at once while it is away."""
        known = self._followed.get(address)
        if known is None:
            known = self._followed[address] = asyncio.Event()
            await self._tell_redis(address)
        if self._pubsub is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(known.wait(), FOLLOWED_WITHIN)

    def unfollow(self, address: str) -> None:
        """Have it brought no more."""
        if self._followed.pop(address, None) is not None:
            self.later(self._tell_redis(address))

    async def _tell_redis(self, address: str) -> None:
        """Subscribe or unsubscribe as it is wanted now: what was wanted first may have changed meanwhile."""
        async with self._order:
            if self._pubsub is None:
                return
            with suppress(RedisError, OSError):  # the listening task notices, and begins anew
                if address in self._followed:
                    await self._pubsub.subscribe(channel_of(address))
                else:
                    await self._pubsub.unsubscribe(channel_of(address))

    # --- listening ---------------------------------------------------------------------------------

    async def _keep_listening(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                await self._listen()
            except (RedisError, OSError) as error:
                pause = FIRST_PAUSE if self._pubsub is not None else min(pause * 2, LONGEST_PAUSE)
                log.warning("the link to Redis is cut: %s", type(error).__name__)
            finally:
                self._cut()
            self._hub.heal_all()
            await asyncio.sleep(pause * random.uniform(0.75, 1.25))  # noqa: S311 - so that processes come back apart

    async def _listen(self) -> None:
        """Listen until the connection is lost."""
        pubsub = self._client.pubsub()
        try:
            async with self._order:
                await pubsub.subscribe(CONTROL, *map(channel_of, self._followed))
                self._pubsub = pubsub
            while True:
                message = await pubsub.get_message(timeout=SIGN_OF_LIFE)
                if message is None:
                    await pubsub.ping()
                    message = await pubsub.get_message(timeout=ANSWER_WITHIN)
                if message is None:
                    raise RedisTimeout("Redis says nothing any more")
                self._take(message)
        finally:
            with suppress(RedisError, OSError):
                await pubsub.aclose()

    def _cut(self) -> None:
        self._pubsub = None
        for followed in self._followed.values():
            followed.clear()

    def _take(self, message: dict[str, Any]) -> None:
        channel = message["channel"]
        if message["type"] == "subscribe":
            self._confirmed(channel)
        elif message["type"] == "message":
            try:
                origin, news = unpacked(channel, message["data"])
            except ValueError:
                log.warning("something that is no news came over Redis")
                return
            if origin != self._origin:
                self._hub.tell(news)

    def _confirmed(self, channel: str) -> None:
        """From here on nothing is missed. The control channel is the first of each new connection."""
        if channel == CONTROL:
            self._hub.heal_all()
        elif (followed := self._followed.get(address_in(channel))) is not None:
            followed.set()
