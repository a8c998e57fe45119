"""Token buckets."""

from __future__ import annotations

from portal.live.limits import Limiter


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_the_rate():
    clock = Clock()
    limiter = Limiter(rate=5, burst=100, clock=clock)

    assert [limiter.allows("a") for _ in range(101)] == [True] * 100 + [False]
    clock.now += 1
    assert [limiter.allows("a") for _ in range(6)] == [True] * 5 + [False]


def test_one_does_not_use_up_anothers():
    limiter = Limiter(rate=5, burst=1, clock=Clock())

    assert [limiter.allows(key) for key in ("a", "a", "b")] == [True, False, True]


def test_the_rested_are_forgotten():
    clock = Clock()
    limiter = Limiter(rate=5, burst=10, clock=clock)
    for key in range(999):
        limiter.allows(str(key))
    clock.now += 60

    limiter.allows("last")

    assert list(limiter._full_at) == ["last"]
