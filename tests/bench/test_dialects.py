"""What the members of the big room take for a delivery."""

from __future__ import annotations

import json

import pytest

from tests.bench.fan_out.dialects import DIALECTS, FRAME_BYTES, ROOM


@pytest.mark.parametrize("name", DIALECTS)
def test_a_delivered_frame_has_a_hundred_bytes_and_its_number(name: str) -> None:
    dialect = DIALECTS[name]
    payload = dialect.delivered(1234).encode()

    assert len(payload) == FRAME_BYTES
    assert dialect.number_in(payload) == 1234


def test_what_was_looked_for_again_is_a_delivery_too_and_an_acknowledgement_is_none() -> None:
    portal = DIALECTS["portal"]
    healed = {"topic": ROOM, "on": "message", "seq": 7, "text": portal.text(6)}

    assert portal.number_in(json.dumps(healed, separators=(",", ":")).encode()) == 6
    assert portal.number_in(b'{"on":"ack","seq":7}') is None
