"""Who is where, over all processes: names that lapse unless they are renewed, so that a process may die at any time."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Collection, Coroutine
from typing import Final, TypeVar

import redis.asyncio
from redis.exceptions import RedisError

from .wire import PREFIX

log = logging.getLogger(__name__)

T = TypeVar("T")

LAPSE: Final = 45.0
"""Seconds after which a name that was not renewed is forgotten; hubs renew theirs every half minute."""
REST: Final = 1.0
"""Seconds for which a Redis that did not answer is not asked again."""

ADMIT: Final = """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[4]) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3])
redis.call('EXPIRE', KEYS[1], 120)
return 1
"""


class Register:
    """Keeps names in Redis for one process, ``origin``. Without Redis it answers as if this process were alone."""

    def __init__(self, client: redis.asyncio.Redis, origin: str) -> None:
        self._client = client
        self._origin = origin
        self._admit = client.register_script(ADMIT)
        self._named: dict[str, set[str]] = {}
        self._resting_until = 0.0

    async def people_at(self, address: str, here: Collection[str]) -> int:
        """How many different people are at ``address`` in all processes, ``here`` being those in this one."""
        mine = {f"{self._origin} {name}" for name in here}
        gone = self._named.get(address, set()) - mine
        self._named[address] = mine
        if not mine:
            del self._named[address]
        names = await self._answer(self._names_at(f"{PREFIX}people:{address}", mine, gone))
        return len(here) if names is None else len({name.split(" ", 1)[1] for name in names})

    async def _names_at(self, key: str, mine: set[str], gone: set[str]) -> list[str]:
        now = time.time()
        async with self._client.pipeline(transaction=True) as pipe:
            pipe.zremrangebyscore(key, "-inf", now)
            if gone:
                pipe.zrem(key, *gone)
            if mine:
                pipe.zadd(key, dict.fromkeys(mine, now + LAPSE))
            pipe.expire(key, int(LAPSE * 2))
            pipe.zrange(key, 0, -1)
            return (await pipe.execute())[-1]

    async def admits(self, household: str, socket: str, most: int) -> bool:
        """Whether ``household`` holds fewer than ``most`` sockets in all processes; if so, one more from now on."""
        now = time.time()
        admitted = await self._answer(self._admit([_sockets_of(household)], [now, now + LAPSE, socket, most]))
        return admitted is None or bool(admitted)  # this process has counted its own

    async def release(self, household: str, socket: str) -> None:
        """The socket is gone. Should Redis not hear of it, it lapses by itself."""
        await self._answer(self._client.zrem(_sockets_of(household), socket))

    async def renew(self, sockets: Collection[tuple[str, str]]) -> None:
        """These are still open."""
        until = time.time() + LAPSE
        async with self._client.pipeline(transaction=False) as pipe:
            for household, socket in sockets:
                pipe.zadd(_sockets_of(household), {socket: until})
                pipe.expire(_sockets_of(household), int(LAPSE * 2))
            await self._answer(pipe.execute())

    async def _answer(self, question: Awaitable[T]) -> T | None:
        """What Redis says to ``question``; None while it says nothing, and for a moment after it did not."""
        if time.monotonic() < self._resting_until:
            if isinstance(question, Coroutine):
                question.close()
            return None
        try:
            return await question
        except (RedisError, OSError) as error:
            self._resting_until = time.monotonic() + REST
            log.debug("the register is not kept for now: %s", type(error).__name__)
            return None


def _sockets_of(household: str) -> str:
    return f"{PREFIX}sockets:{household}"
