"""Interleaved rounds, and what is made of them: the median of each round's ratio, which a noisy minute moves little."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Sample:
    """One contestant's part of one round. Seconds; ``cpu`` is that of every process that served it."""

    operations: int
    seconds: float
    cpu: float = 0.0
    latencies: tuple[float, ...] = ()
    lost: int = 0

    @property
    def rate(self) -> float:
        """Operations a second."""
        return self.operations / self.seconds if self.seconds else 0.0

    @property
    def cpu_each(self) -> float:
        """CPU seconds an operation."""
        return self.cpu / self.operations if self.operations else math.inf

    @property
    def middle(self) -> float:
        """The latency that half of the operations stay below."""
        return percentile(self.latencies, 50)


Samples = Mapping[str, Sequence[Sample]]


def interleaved(contestants: Mapping[str, Callable[[], Sample]], rounds: int) -> dict[str, list[Sample]]:
    """Every contestant once a round, one after the other, so that whatever disturbs the machine disturbs all."""
    samples: dict[str, list[Sample]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, take in contestants.items():
            samples[name].append(take())
    return samples


def ratio(ours: Sequence[Sample], theirs: Sequence[Sample], measure: Callable[[Sample], float]) -> float:
    """The median over the rounds of ``measure`` of ours divided by theirs in the same round."""
    return median(_quotient(measure(a), measure(b)) for a, b in zip(ours, theirs, strict=True))


def middle(samples: Sequence[Sample], measure: Callable[[Sample], float]) -> float:
    """The median of ``measure`` over the rounds."""
    return median(map(measure, samples))


def percentile(values: Sequence[float], part: float) -> float:
    """The value that ``part`` per cent of ``values`` do not exceed (nearest rank); NaN of nothing."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * part / 100) - 1)]


def _quotient(above: float, below: float) -> float:
    return above / below if below else math.inf
