"""Django's cache in Redis, which goes on in this process's memory while Redis is away.

What is cached here may be lost at any time; what counts attempts (sign-in, the API) must neither fail nor open up when
Redis does: each process then counts its own.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, Final

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

REST: Final = 2.0
"""Seconds for which a Redis that did not answer is not asked again."""


class ForgivingRedisCache(RedisCache):
    """As ``RedisCache``; whatever Redis cannot answer now is answered from memory."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._memory = LocMemCache("instead of redis", params)
        self._resting_until = 0.0

    def _first(self, name: str, *args: Any, **named: Any) -> Any:
        if time.monotonic() >= self._resting_until:
            try:
                return getattr(super(), name)(*args, **named)
            except RedisError as error:
                self._resting_until = time.monotonic() + REST
                log.warning("Redis is away (%s): this process caches for itself", type(error).__name__)
        return getattr(self._memory, name)(*args, **named)


def _forgiving(name: str) -> Callable[..., Any]:
    def method(self: ForgivingRedisCache, *args: Any, **named: Any) -> Any:
        return self._first(name, *args, **named)

    method.__name__ = name
    method.__doc__ = f"As ``RedisCache.{name}``."
    return method


ASKED = ("add", "get", "set", "touch", "delete", "get_many", "has_key", "incr", "set_many", "delete_many", "clear")
for _name in ASKED:
    setattr(ForgivingRedisCache, _name, _forgiving(_name))
