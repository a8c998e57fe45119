"""The backplane of a portal that is one process."""

from __future__ import annotations

import threading
from collections.abc import Collection

from .news import Listener, News


class InProcess:
    """Announcing is handing over, and what this process counts is all there is."""

    def __init__(self) -> None:
        self._hubs: set[Listener] = set()
        self._lock = threading.Lock()

    def announce(self, news: News) -> None:
        with self._lock:
            hubs = list(self._hubs)
        for hub in hubs:
            hub.tell(news)

    def attach(self, hub: Listener) -> None:
        with self._lock:
            self._hubs.add(hub)

    def detach(self, hub: Listener) -> None:
        with self._lock:
            self._hubs.discard(hub)

    async def follow(self, hub: Listener, address: str) -> None:
        return

    def unfollow(self, hub: Listener, address: str) -> None:
        return

    async def people_at(self, address: str, here: Collection[str]) -> int:
        return len(here)

    async def admits(self, household: str, socket: str, most: int) -> bool:
        return True  # the hub has counted already, and there is no other

    def release(self, household: str, socket: str) -> None:
        return

    async def renew(self, sockets: Collection[tuple[str, str]]) -> None:
        return
