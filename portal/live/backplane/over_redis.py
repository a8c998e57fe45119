"""The backplane of a portal of several processes: one Redis, one subscription for each address with listeners.

Nothing is kept in Redis that the database could not tell again. What a process announces its own hub hears at once,
without Redis; its echo is told by its origin and let go.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import threading
import time
from collections.abc import Collection
from typing import Final

import redis

from .in_process import InProcess
from .link import Link
from .news import Listener, Lost, News
from .register import REST
from .wire import packed

log = logging.getLogger(__name__)

SECONDS: Final = 0.5
"""How long announcing may wait for Redis."""
CONNECTIONS: Final = 32


class RedisBackplane:
    """Carries news over the Redis at ``url``."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.origin = secrets.token_hex(8)
        self._here = InProcess()
        self._links: dict[Listener, Link] = {}
        self._away = threading.Event()
        self._waiting = threading.Lock()
        pool = redis.BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS,
            timeout=SECONDS,
            socket_timeout=SECONDS,
            socket_connect_timeout=SECONDS,
        )
        self._publisher = redis.Redis(connection_pool=pool)

    def announce(self, news: News) -> None:
        self._here.announce(news)
        if self._away.is_set():
            return
        try:
            self._publish(news)
        except redis.RedisError as error:
            log.warning("Redis is away (%s): other processes hear of news when it is back", type(error).__name__)
            self._away.set()
            if self._waiting.acquire(blocking=False):
                threading.Thread(target=self._wait_for_return, name="redis-return", daemon=True).start()

    def _publish(self, news: News) -> None:
        self._publisher.publish(*packed(self.origin, news))

    def _wait_for_return(self) -> None:
        """Tell the others that something was lost, as soon as they can be told.

        They may be back at Redis, and have looked, before this process is: it cannot be left to their own return.
        """
        while self._away.is_set():
            time.sleep(REST)
            self._away.clear()  # first: what is not announced from here on has failed anew, and sets it again
            try:
                self._publish(Lost())
            except redis.RedisError:
                self._away.set()
        self._waiting.release()

    def attach(self, hub: Listener) -> None:
        self._here.attach(hub)
        self._links[hub] = Link(self.url, self.origin, hub)
        self._links[hub].open()

    def detach(self, hub: Listener) -> None:
        self._here.detach(hub)
        if (link := self._links.pop(hub, None)) is not None:
            link.close()

    async def follow(self, hub: Listener, address: str) -> None:
        await self._links[hub].follow(address)

    def unfollow(self, hub: Listener, address: str) -> None:
        if (link := self._links.get(hub)) is not None:
            link.unfollow(address)

    async def people_at(self, address: str, here: Collection[str]) -> int:
        link = next(iter(self._links.values()), None)
        return await link.register.people_at(address, here) if link else len(here)

    async def admits(self, household: str, socket: str, most: int) -> bool:
        link = self._link_here()
        return link is None or await link.register.admits(household, socket, most)

    def release(self, household: str, socket: str) -> None:
        if (link := self._link_here()) is not None:
            link.later(link.register.release(household, socket))

    async def renew(self, sockets: Collection[tuple[str, str]]) -> None:
        if (link := self._link_here()) is not None:
            await link.register.renew(sockets)

    def ping(self) -> None:
        """Raise when Redis does not answer."""
        self._publisher.ping()

    def _link_here(self) -> Link | None:
        """The link of the running loop: a connection belongs to the loop that opened it."""
        loop = asyncio.get_running_loop()
        return next((link for link in self._links.values() if link.loop is loop), None)
