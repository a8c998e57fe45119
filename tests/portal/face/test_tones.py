from __future__ import annotations

from enum import Enum

import pytest

from portal.face import tones


class Stage(Enum):
    OPEN = "open"


@pytest.mark.parametrize(
    ("state", "tone"),
    [
        ("open", "accent"),
        (Stage.OPEN, "accent"),
        ("declined", "danger"),
        ("draft", "neutral"),
        ("never heard", "neutral"),
        (None, "neutral"),
    ],
)
def test_tone_of_state(state: object, tone: str) -> None:
    assert tones.tone_of(state) == tone


def test_app_may_add_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tones, "_words", {})

    tones.say("warning", "wobbly")

    assert tones.tone_of("wobbly") == "warning"


def test_tone_that_the_design_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="no such tone: 'pink'"):
        tones.say("pink", "open")


def test_each_level_of_django_messages_has_its_tone() -> None:
    levels = ("debug", "info", "success", "warning", "error")

    assert [tones.tone_of(level) for level in levels] == ["neutral", "info", "success", "warning", "danger"]
