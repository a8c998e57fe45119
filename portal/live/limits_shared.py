"""Limits that hold over all processes: the same buckets, kept in Redis."""

from __future__ import annotations

import time
from typing import Final

import redis
from redis.exceptions import RedisError

from .limits import Limiter

SECONDS: Final = 0.25
REST: Final = 2.0

TAKE: Final = """
local now = redis.call('TIME')
now = now[1] + now[2] / 1000000
local rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now) + 1 / rate
if full - now > burst / rate + 0.000001 then return 0 end
redis.call('SET', KEYS[1], tostring(full), 'PX', math.ceil((full - now) * 1000))
return 1
"""


class SharedLimiter(Limiter):
    """Asks this process's own bucket, then the one in Redis; while Redis is away its own alone."""

    def __init__(self, name: str, url: str, *, rate: float, burst: int) -> None:
        super().__init__(rate=rate, burst=burst)
        self._prefix = f"portal:limit:{name}:"
        client = redis.Redis.from_url(url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS, max_connections=64)
        self._take = client.register_script(TAKE)
        self._resting_until = 0.0

    def allows(self, key: str) -> bool:
        return super().allows(key) and self._allowed_elsewhere(key)

    def _allowed_elsewhere(self, key: str) -> bool:
        if time.monotonic() < self._resting_until:
            return True
        try:
            return bool(self._take([self._prefix + key], [self._rate, self._burst]))
        except RedisError:
            self._resting_until = time.monotonic() + REST
            return True
