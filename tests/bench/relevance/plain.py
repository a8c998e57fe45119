"""Plain BM25, as textbooks have it: what any search must beat."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping

K1, B = 1.2, 0.75


class Bm25:
    """Ranks texts by the words they share with a question."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._counts = {key: Counter(words(text)) for key, text in texts.items()}
        self._lengths = {key: sum(counts.values()) for key, counts in self._counts.items()}
        self._mean = sum(self._lengths.values()) / len(texts)
        self._holders = Counter(word for counts in self._counts.values() for word in counts)

    def best(self, question: str, most: int) -> list[str]:
        """The keys of the texts that answer best."""
        wanted = set(words(question))
        scores = {key: self._score(key, wanted) for key in self._counts}
        return sorted((key for key in scores if scores[key] > 0), key=lambda key: (-scores[key], key))[:most]

    def _score(self, key: str, wanted: set[str]) -> float:
        counts, length = self._counts[key], self._lengths[key] / self._mean
        return sum(
            self._rarity(word) * counts[word] * (K1 + 1) / (counts[word] + K1 * (1 - B + B * length))
            for word in wanted & counts.keys()
        )

    def _rarity(self, word: str) -> float:
        holders = self._holders[word]
        return math.log(1 + (len(self._counts) - holders + 0.5) / (holders + 0.5))


def words(text: str) -> list[str]:
    """Its words, in small letters."""
    return re.findall(r"\w+", text.lower())
