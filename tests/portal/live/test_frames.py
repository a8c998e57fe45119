"""Frames: what is taken in, and what is turned down before anything is done with it."""

from __future__ import annotations

import json
import uuid
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.live.frames import Fault, Request, encoded, parse


def test_each_request_is_understood():
    sent = uuid.uuid4()
    frames = [
        {"do": "join", "topic": "room:a", "after": 5, "ref": 1},
        {"do": "join", "topic": "me", "after": None, "ref": "x"},
        {"do": "send", "topic": "room:a", "id": str(sent), "text": "Hi", "ref": 2},
        {"do": "typing", "topic": "room:a"},
        {"do": "read", "topic": "room:a", "seq": 9},
        {"do": "leave", "topic": "room:a"},
    ]

    assert [parse(encoded(frame)) for frame in frames] == [
        Request("join", "room:a", ref=1, after=5),
        Request("join", "me", ref="x"),
        Request("send", "room:a", ref=2, message_id=sent, text="Hi"),
        Request("typing", "room:a"),
        Request("read", "room:a", seq=9),
        Request("leave", "room:a"),
    ]


def test_a_fault_carries_the_reference_it_was_given():
    with pytest.raises(Fault) as fault:
        parse('{"do":"send","topic":"room:a","ref":42}')

    assert (fault.value.code, fault.value.ref, fault.value.fatal) == ("bad_frame", 42, False)


def test_a_large_frame_is_the_end():
    with pytest.raises(Fault) as fault:
        parse("x" * 65_537)

    assert (fault.value.code, fault.value.fatal) == ("too_large", True)


LEAVES = st.none() | st.booleans() | st.integers() | st.text()
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
JOINS = st.fixed_dictionaries({"do": st.just("join"), "topic": JSON, "after": JSON, "ref": JSON})


@given(st.text() | JSON.map(json.dumps) | JOINS.map(json.dumps))
def test_whatever_comes_is_a_request_or_a_fault(text):
    with suppress(Fault):
        assert isinstance(parse(text), Request)
