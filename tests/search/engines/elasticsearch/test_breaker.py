"""The breaker, by a clock of the test's own."""

from typing import Any

import pytest

from search.engines.elasticsearch.breaker import REST_SECONDS, Breaker, ServerFailing
from search.engines.port import EngineUnavailable


class Clock:
    """Seconds that pass when the test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(clock)


def fail() -> None:
    raise ServerFailing("no answer")


def outcome(breaker: Breaker, call: Any) -> str:
    """``made``, when the call was made, however it ended; else ``refused``."""
    made = []

    def watched() -> None:
        made.append(True)
        call()

    try:
        breaker.run(watched)
    except EngineUnavailable:
        return "made" if made else "refused"
    return "made"


def test_three_failures_of_five_open_it_and_fewer_do_not(breaker: Breaker) -> None:
    calls = [fail, fail, str, str, str, fail, fail, str, fail]

    assert [outcome(breaker, call) for call in calls] == ["made"] * 9
    assert outcome(breaker, str) == "refused"


def test_after_the_rest_one_call_tries_and_closes_it(breaker: Breaker, clock: Clock) -> None:
    for _ in range(3):
        outcome(breaker, fail)
    clock.now = REST_SECONDS - 0.1
    assert outcome(breaker, str) == "refused"
    clock.now = REST_SECONDS

    during = []
    breaker.run(lambda: during.append(outcome(breaker, str)))

    assert during == ["refused"]
    assert [outcome(breaker, call) for call in (str, fail, fail, str)] == ["made"] * 4


def test_a_trial_that_fails_opens_it_for_as_long_again(breaker: Breaker, clock: Clock) -> None:
    for _ in range(3):
        outcome(breaker, fail)
    clock.now = REST_SECONDS

    assert [outcome(breaker, fail), outcome(breaker, str)] == ["made", "refused"]
    clock.now = 2 * REST_SECONDS
    assert outcome(breaker, str) == "made"


def test_what_the_server_refuses_is_no_failure_of_it(breaker: Breaker) -> None:
    def refuse() -> None:
        raise EngineUnavailable("no such question")

    assert [outcome(breaker, refuse) for _ in range(9)] == ["made"] * 9


def test_a_call_begun_before_it_opened_does_not_close_it(breaker: Breaker) -> None:
    def slow() -> None:
        for _ in range(3):
            outcome(breaker, fail)

    breaker.run(slow)

    assert outcome(breaker, str) == "refused"
