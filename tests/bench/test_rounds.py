from __future__ import annotations

import math

import pytest

from tests.bench.rounds import Sample, interleaved, middle, percentile, ratio


def rates(*found: float) -> list[Sample]:
    return [Sample(operations=round(rate * 10), seconds=10) for rate in found]


def test_everyone_takes_a_turn_in_every_round():
    turns: list[str] = []

    def turn(name: str) -> Sample:
        turns.append(name)
        return Sample(1, 1)

    samples = interleaved({"a": lambda: turn("a"), "b": lambda: turn("b")}, 3)

    assert (turns, {name: len(taken) for name, taken in samples.items()}) == (["a", "b"] * 3, {"a": 3, "b": 3})


def test_the_ratio_is_the_median_of_the_rounds_own_ratios():
    ours, theirs = rates(100, 10, 40), rates(10, 10, 10)

    assert ratio(ours, theirs, lambda sample: sample.rate) == 4


def test_a_rival_that_delivered_nothing_is_infinitely_slower():
    assert ratio(rates(5), rates(0), lambda sample: sample.rate) == math.inf


def test_the_middle_is_the_median():
    assert middle(rates(3, 1, 2), lambda sample: sample.rate) == 2


@pytest.mark.parametrize(("part", "value"), [(1, 1), (50, 50), (95, 95), (99.5, 100), (100, 100)])
def test_percentiles_are_of_the_nearest_rank(part, value):
    assert percentile(list(range(100, 0, -1)), part) == value


def test_there_is_no_percentile_of_nothing():
    assert math.isnan(percentile([], 50))


def test_cpu_is_told_for_each_operation():
    assert (Sample(4, 1, cpu=2).cpu_each, Sample(0, 1, cpu=2).cpu_each) == (0.5, math.inf)
