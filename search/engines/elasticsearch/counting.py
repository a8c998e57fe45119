"""Exact counts of values. Each index is asked by itself, since the server estimates what it adds up; we add.

Of a field with many values an index tells the most frequent. The sum is exact unless both left some out, or one left
out what the other tells; then both are asked for all of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.engines.elasticsearch.gateway import Answer
from search.requests import MOST_VALUES

OF_ONE, OF_SEVERAL, ALL = MOST_VALUES, 500, 60_000
VALUES, CHOSEN = "values", "chosen"

Counting = dict[str, Any]


def frequent(fields: Iterable[str], most: int) -> Counting:
    """Count the most frequent values of these fields."""
    return {field: {"terms": {"field": field, "size": most}} for field in fields}


def narrowed(field: str, chosen: Sequence[str], most: int) -> Counting:
    """Count the most frequent values of a field, and the chosen ones however rare they are."""
    those = {"field": field, "size": len(chosen), "include": sorted(chosen)}
    return {VALUES: frequent([field], most)[field], CHOSEN: {"terms": those}}


@dataclass(frozen=True)
class Tally:
    """The counts of a field's values in one index; ``is_short`` when it has further values."""

    counts: Mapping[str, int]
    is_short: bool

    @classmethod
    def of(cls, answer: Answer, counting: str) -> "Tally":
        """What an answer tells of a field."""
        told = answer["aggregations"][counting]
        counts = {bucket["key"]: bucket["doc_count"] for bucket in told["buckets"]}
        return cls(counts, told["sum_other_doc_count"] > 0)


def added(tallies: Sequence[Tally]) -> dict[str, int] | None:
    """The counts of all indices together; nothing when they were not told enough to be exact."""
    short = [tally for tally in tallies if tally.is_short]
    complete = [tally for tally in tallies if not tally.is_short]
    if len(short) > 1 or any(tally.counts.keys() - known.counts.keys() for known in short for tally in complete):
        return None
    return sum_of(tallies)


def sum_of(tallies: Iterable[Tally]) -> dict[str, int]:
    """The counts of all indices together, such as they are."""
    together: Counter[str] = Counter()
    for tally in tallies:
        together.update(tally.counts)
    return dict(together)
