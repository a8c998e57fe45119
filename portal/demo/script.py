"""The script of the demo: deeds and their moments, written in any order, played in that of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from . import travel

Deed = Callable[[], object]

AFTERNOON = 16
"""The hour, UTC, at which things open and close: a time of day that people would choose for a deadline."""


def _last(hour: int) -> datetime:
    """The last moment, not later than now, at which it was ``hour`` o'clock UTC."""
    now = datetime.now(UTC)
    there = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return there if there <= now else there - timedelta(days=1)


@dataclass
class Script:
    """Scenes, and by ``key`` what they brought about: ``script.made["fridge-silent"]`` is that challenge."""

    today: datetime = field(default_factory=lambda: _last(AFTERNOON))
    made: dict[str, Any] = field(default_factory=dict)
    _scenes: list[tuple[float, int, Deed]] = field(default_factory=list)

    def on(self, day: float, deed: Deed) -> None:
        """``deed`` happens ``day`` days from today; of two on the same day, the one written first comes first."""
        self._scenes.append((day, len(self._scenes), deed))

    def moment(self, day: float) -> datetime:
        """The time of ``day``, counted from today."""
        return self.today + timedelta(days=day)

    def __len__(self) -> int:
        return len(self._scenes)

    def play(self, advance: Callable[[], None]) -> None:
        """Do everything that lies in the past, in the order of time, each thing at its moment."""
        for day, _order, deed in sorted(self._scenes, key=lambda scene: scene[:2]):
            if day <= 0:
                with travel.at(self.moment(day)):
                    deed()
            advance()
