"""Problems, and the products that people built in answer to them: who answered what is the judgement."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.relevance.plain import Bm25
from tests.bench.relevance.scores import ndcg

FILE = "search/opportunity_problem_product_dev.json"


@dataclass(frozen=True)
class Thing:
    """A problem or a product. ``answers``, of a problem, are the products that answer it."""

    id: str
    title: str
    text: str
    answers: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """All it says."""
        return f"{self.title}\n{self.text}"


@dataclass(frozen=True)
class Corpus:
    """Problems that somebody answered, and all products."""

    problems: tuple[Thing, ...]
    products: tuple[Thing, ...]

    def plain(self) -> float:
        """What plain BM25 reaches, asked with the problems' titles: with all they say it reaches less."""
        ranking = Bm25({product.id: product.whole for product in self.products})
        return mean(ndcg(ranking.best(problem.title, 10), problem.answers) for problem in self.problems)


def read() -> Corpus | None:
    """The corpus, where it is at hand."""
    shared = Path(os.environ.get("SHARED_DATA", Path(__file__).parents[4] / "shared" / "data"))
    if not (shared / FILE).exists():
        return None
    told = json.loads((shared / FILE).read_text())
    products = tuple(
        Thing(each["id"], each["title"], _joined(each["description"], each.get("details"))) for each in told["products"]
    )
    problems = tuple(
        Thing(each["id"], each["name"], _joined(*(each[name] for name in SAID)), tuple(each["products"]))
        for each in told["problems"]
        if each["products"]
    )
    return Corpus(problems, products)


SAID = ("challenge", "why", "vision", "audience")


def _joined(*parts: str | None) -> str:
    return "\n".join(dict.fromkeys(part for part in parts if part))


def mean(figures: Iterable[float]) -> float:
    """The middle of them all."""
    every = list(figures)
    return sum(every) / len(every)
