"""How good a ranked list is, given what people say is relevant."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence


def ndcg(ranked: Sequence[str], relevant: Collection[str], depth: int = 10) -> float:
    """Normalised discounted cumulative gain of the first ``depth``: 1 when all that is relevant comes first."""
    gained = sum(1 / math.log2(place + 2) for place, key in enumerate(ranked[:depth]) if key in relevant)
    best = sum(1 / math.log2(place + 2) for place in range(min(depth, len(relevant))))
    return gained / best if best else 0.0


def recall(ranked: Sequence[str], relevant: Collection[str], depth: int = 10) -> float:
    """The share of what is relevant that is among the first ``depth``."""
    return len(set(ranked[:depth]) & set(relevant)) / len(relevant) if relevant else 0.0
