"""Order: every listener hears each numbered frame once and in its turn."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.live.frames import Frame, frame
from portal.live.gathering import MOST_HELD, Gathering
from portal.live.sockets import Identity


class Listener:
    """As much of a socket as a gathering sees."""

    def __init__(self, user_id: int | None = None) -> None:
        self.identity = Identity("key", user_id, "127.0.0.1")
        self.name = f"socket {id(self)}"
        self.got: list[Any] = []

    def put(self, given: Frame) -> None:
        said = orjson.loads(given.event["text"])
        self.got.append(said if isinstance(said, int | str) else (said["on"], said["from"]))


def numbered(seq: int) -> Frame:
    return frame(str(seq), seq)


def gathered(*listeners: Listener) -> Gathering:
    gathering = Gathering("room:1", "room:1", shows_presence=True)
    for listener in listeners:
        gathering.add(listener).start(0)  # type: ignore[arg-type]
    return gathering


@pytest.mark.parametrize("arrival", list(permutations([1, 2, 3, 4])))
def test_crossed_news_is_heard_in_order(arrival):
    listener = Listener()
    gathering = gathered(listener)

    for seq in arrival:
        gathering.hear(numbered(seq))

    assert listener.got == [1, 2, 3, 4]


def test_what_comes_twice_is_heard_once():
    listener = Listener()
    gathering = gathered(listener)

    for seq in (1, 2, 2, 1, 3):
        gathering.hear(numbered(seq))

    assert listener.got == [1, 2, 3]


def test_what_is_not_numbered_does_not_wait():
    listener = Listener()
    gathering = gathered(listener)

    assert not gathering.hear(numbered(2))
    assert gathering.hear(frame('"typing"'))

    assert listener.got == ["typing"]


def test_what_never_comes_is_a_gap():
    listener = Listener()
    gathering = gathered(listener)
    gathering.hear(numbered(1))
    gathering.hear(numbered(4))
    gathering.hear(numbered(3))

    for subscription in gathering:
        subscription.settle()
    gathering.hear(numbered(2))
    gathering.hear(numbered(5))

    assert listener.got == [1, ("gap", 1), 3, 4, 5]


def test_nothing_is_heard_before_the_start_and_nothing_lost():
    listener = Listener()
    gathering = Gathering("room:1", "room:1", shows_presence=False)
    subscription = gathering.add(listener)  # type: ignore[arg-type]
    for each in (numbered(7), frame('"edited"'), numbered(6), numbered(4)):
        gathering.hear(each)
    assert listener.got == []

    subscription.start(5)

    assert listener.got == [6, 7, "edited"]


def test_holding_back_has_a_limit_and_the_rest_is_a_gap():
    listener = Listener()
    gathering = Gathering("room:1", "room:1", shows_presence=False)
    subscription = gathering.add(listener)  # type: ignore[arg-type]
    for seq in range(1, MOST_HELD + 3):
        gathering.hear(numbered(seq))

    subscription.start(0)
    gathering.hear(numbered(MOST_HELD + 3))
    subscription.settle()

    assert listener.got == [*range(1, MOST_HELD + 1), ("gap", MOST_HELD), MOST_HELD + 3]


@given(st.permutations(range(1, 13)), st.integers(0, 12))
def test_whenever_one_starts_one_hears_the_rest_in_order(arrival, when):
    listener = Listener()
    gathering = Gathering("room:1", "room:1", shows_presence=False)
    subscription = gathering.add(listener)  # type: ignore[arg-type]
    for seq in arrival[:when]:
        gathering.hear(numbered(seq))

    subscription.start(4)
    for seq in arrival[when:]:
        gathering.hear(numbered(seq))

    assert listener.got == list(range(5, 13))


def test_three_tabs_are_one_person_and_two_visitors_two():
    tabs = [Listener(7), Listener(7), Listener(7), Listener(), Listener()]

    assert len(gathered(*tabs).people()) == 3
