from __future__ import annotations

import re
from pathlib import Path

import pytest

import portal.face

TOKENS = (Path(portal.face.__file__).parent / "static/face/tokens.css").read_text()
PAIR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
COLOURS = {name: {"day": day, "night": night} for name, day, night in PAIR.findall(TOKENS)}
GROUNDS = ("canvas", "surface", "sunken", "raised")
TONES = ("neutral", "info", "success", "warning", "danger", "accent", "violet")

TEXT, CONTROL = 4.5, 3.0
READ = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "ink-faint", "accent", "accent-strong") for ground in GROUNDS],
    *[(f"{tone}-ink", ground) for tone in TONES for ground in (f"{tone}-ground", *GROUNDS)],
    *[("ink", f"{tone}-ground") for tone in TONES],
    *[(ink, "neutral-ground") for ink in ("ink-soft", "ink-faint")],
    *[("on-accent", "accent-solid"), ("on-accent", "accent-solid-hover")],
    *[("on-danger", "danger-solid"), ("on-danger", "danger-solid-hover")],
    *[("ink", "mark"), ("surface", "accent"), ("surface", "ink-soft")],
]
SEEN = [
    *[("line-strong", ground) for ground in GROUNDS],
    *[("focus", ground) for ground in GROUNDS],
    *[("accent-solid", ground) for ground in ("canvas", "surface")],
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize(("least", "pairs"), [(TEXT, READ), (CONTROL, SEEN)], ids=["text", "controls"])
def test_pairs_of_tokens_hold_to_wcag_aa(scheme: str, least: float, pairs: list[tuple[str, str]]) -> None:
    measured = {(a, b): round(contrast(COLOURS[a][scheme], COLOURS[b][scheme]), 2) for a, b in pairs}

    assert {pair: ratio for pair, ratio in measured.items() if ratio < least} == {}
