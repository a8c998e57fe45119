"""What a document is about: the few clauses that tell it from others, for finding more like it."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from search import analysis
from search.generic import GENERIC
from search.parsing import Clause

TELLING = 10
SHARED = 2
LONGEST_READ = 4_000
TITLE_COUNTS = 3

Frequency = Callable[[str], int]


def telling_clauses(
    source: Mapping[str, Any], frequency: Frequency, documents: int, most: int = TELLING
) -> tuple[Clause, ...]:
    """The clauses of the text that are frequent in it and rare elsewhere, at most ``most``, the most telling first.

    ``frequency`` gives the number of documents that have a word, of ``documents`` in all.
    """
    counts = _counts(source)
    worth = {words: count * _rarity(words, frequency, documents) for words, count in counts.items()}
    best = sorted(worth, key=lambda words: (-worth[words], words))[:most]
    return tuple(Clause(words) for words in best if worth[words] > 0)


def needed(clauses: Sequence[Clause]) -> int:
    """How many of the clauses a document must share to be called similar."""
    return min(SHARED, len(clauses))


def _counts(source: Mapping[str, Any]) -> Counter[tuple[str, ...]]:
    counts = _clauses(source.get("title") or "")
    for words in counts:
        counts[words] *= TITLE_COUNTS
    counts.update(_clauses(source.get("summary") or ""))
    counts.update(_clauses((source.get("body") or "")[:LONGEST_READ]))
    return counts


def _clauses(text: str) -> Counter[tuple[str, ...]]:
    """Its words of three letters and more, and its neighbouring Han characters two by two."""
    found: Counter[tuple[str, ...]] = Counter()
    before = None
    for word in analysis.words(text):
        if analysis.is_ideograph(word.text):
            if before and before.end == word.start:
                found[before.text, word.text] += 1
            before = word
        elif _may_tell(word.text):
            found[(analysis.exact(word.text),)] += 1
    return found


def _may_tell(word: str) -> bool:
    return len(word) > 2 and not word.isdigit() and not analysis.is_stop_word(word) and word not in GENERIC


def _rarity(words: tuple[str, ...], frequency: Frequency, documents: int) -> float:
    """Zero for what no other document has; else the rarer the more."""
    fewest = min(map(frequency, words))
    return math.log(1 + documents / fewest) if fewest else 0.0
