"""What a bench is: what it measures, against whom, what is to be reached, and the function that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


class Against(StrEnum):
    """What a figure of ours is held against: a peer does the same work, a limit cannot be beaten by much."""

    PEER = "peer"
    LIMIT = "limit"
    OURSELVES = "ourselves"


@dataclass(frozen=True)
class Target:
    """What is to be reached against ``rival``; ``case`` says for which size of work, empty for all."""

    rival: str
    against: Against
    at_least: float | None = None
    at_most: float | None = None
    case: str = ""

    def __str__(self) -> str:
        return f"≥ {self.at_least:g}" if self.at_least is not None else f"≤ {self.at_most:g}"

    def held_by(self, value: float) -> bool:
        """Whether ``value`` reaches it."""
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True)
class Row:
    """One line of the table. ``value`` is what the target judges: a ratio, or a figure of our own."""

    what: str
    target: Target
    ours: str
    theirs: str = ""
    value: float | None = None
    missing: str = ""

    @property
    def held(self) -> bool | None:
        """Whether the target is reached; None when it could not be measured."""
        return None if self.value is None else self.target.held_by(self.value)


@dataclass(frozen=True)
class Run:
    """How a bench is to be run: ``size`` of the work as its bench understands it (0: the full one)."""

    rounds: int
    size: int
    folder: Path
    say: Callable[[str], None] = print

    @property
    def is_full(self) -> bool:
        """Whether the figures are those the targets speak of."""
        return self.size == 0 and self.rounds >= FEWEST_ROUNDS


FEWEST_ROUNDS = 5
"""Fewer rounds than this say too little on a machine that does other things too."""


@dataclass(frozen=True)
class Outcome:
    """What a bench found: the lines of its table, the figures behind them, and remarks that go with them."""

    rows: Sequence[Row]
    figures: Mapping[str, Any] = field(default_factory=dict)
    remarks: Sequence[str] = ()


@dataclass(frozen=True)
class Bench:
    """A bench, declared."""

    name: str
    title: str
    measures: str
    targets: Sequence[Target]
    run: Callable[[Run], Outcome]
