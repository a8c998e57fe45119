"""One rebuild at a time: who holds the lease, who may take it, and who has lost it."""

import os
import socket
import subprocess
import time
from typing import Any

import pytest

from search.engines.elasticsearch.lease import HeldLease, Lease
from search.engines.port import EngineUnavailable


@pytest.fixture
def lease(empty_engine: Any) -> Lease:
    return empty_engine.generations.lease


def ended_process() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def holder(**changes: Any) -> dict[str, Any]:
    """Somebody on this machine who is alive and has just renewed."""
    known = {"token": "t", "host": socket.gethostname(), "process": os.getppid(), "until": time.time() + 60}
    return known | changes


def held_by(lease: Lease, who: dict[str, Any]) -> Any:
    """Let somebody hold the lease; the place at which it was written."""
    with lease.held() as mine:
        return lease.write(mine.place, who)


def test_a_holder_that_could_not_give_it_back_does_not_wait_for_itself(lease: Lease) -> None:
    with lease.held() as mine:
        lease.write(mine.place, holder(process=os.getpid(), token="mine, before the server went away"))

    with lease.held():
        assert lease.is_held() is True


def test_it_is_held_for_the_block_and_no_longer(lease: Lease) -> None:
    assert lease.is_held() is False
    with lease.held():
        assert lease.is_held() is True
        with pytest.raises(EngineUnavailable, match=f"process {os.getpid()} .* is rebuilding"), lease.held():
            pass
        assert lease.is_held() is True
    assert lease.is_held() is False


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        ({}, True),
        ({"host": "elsewhere.example", "process": 1}, True),
        ({"process": "ended"}, False),
        ({"process": os.getpid()}, False),
        ({"host": "elsewhere.example", "process": "ended"}, True),
        ({"until": 1.0}, False),
    ],
)
def test_a_holder_that_is_dead_holds_nothing(lease: Lease, changes: dict[str, Any], held: bool) -> None:
    known = {"ended": ended_process()}
    held_by(lease, holder(**{name: known.get(value, value) for name, value in changes.items()}))

    assert lease.is_held() is held


def test_a_holder_thought_dead_learns_that_it_lost_the_lease(lease: Lease) -> None:
    with lease.held() as first:
        lease.write(first.place, holder(until=1.0))
        with lease.held() as second:
            second.confirm()
            with pytest.raises(EngineUnavailable, match="another process has begun"):
                first.confirm()
            assert lease.is_held() is True


def test_it_is_renewed_when_it_is_time(lease: Lease, monkeypatch: pytest.MonkeyPatch) -> None:
    with lease.held() as mine:
        place = mine.place
        mine.renew()
        assert mine.place == place

        monkeypatch.setattr(HeldLease, "renewed_after", 0.0)
        mine.renew()
        assert mine.place != place


def test_of_two_who_find_it_free_one_gets_it(lease: Lease) -> None:
    with lease.held():
        pass
    seen = lease.seen()

    HeldLease(lease, seen.place)

    with pytest.raises(EngineUnavailable, match="another process has begun"):
        HeldLease(lease, seen.place)
