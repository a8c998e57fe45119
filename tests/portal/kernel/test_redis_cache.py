"""The cache goes on in memory while Redis is away, and counts on in Redis when it is back."""

from __future__ import annotations

import pytest

from portal.kernel import redis_cache
from portal.kernel.redis_cache import ForgivingRedisCache
from portal.live.limits_shared import SharedLimiter
from tests.servers.ports import LOOPBACK, free_port
from tests.servers.redis import temporary_redis

SHORT = {"OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}}


def test_nobody_notices_that_there_is_no_redis() -> None:
    cache = ForgivingRedisCache(f"redis://{LOOPBACK}:{free_port()}/0", SHORT)

    cache.set("a", 1)
    cache.incr("a")

    assert (cache.get("a"), cache.add("a", 9), cache.get_many(["a", "b"])) == (2, False, {"a": 2})
    cache.delete("a")
    assert cache.get("a") is None


@pytest.mark.redis
def test_two_processes_count_together_while_redis_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_cache, "REST", 0.0)
    with temporary_redis() as server:
        one, other = (ForgivingRedisCache(server.url, SHORT) for _ in range(2))
        one.set("tries", 1)
        other.incr("tries")
        assert one.get("tries") == 2

        server.kill()
        one.set("tries", 7)
        assert one.get("tries") == 7
        server.start()
        assert one.get("tries") is None


@pytest.mark.redis
def test_a_shared_limit_holds_over_processes_and_alone_without_redis() -> None:
    with temporary_redis() as server:
        one, other = (SharedLimiter("test", server.url, rate=0.001, burst=4) for _ in range(2))

        allowed = [limiter.allows("ada") for _ in range(3) for limiter in (one, other)]
        assert allowed == [True] * 4 + [False] * 2
        assert one.allows("bo")

        server.kill()
        assert [one.allows("eve") for _ in range(5)] == [True] * 4 + [False]
