"""Eighty questions of every sort that people ask: common and rare words, several, phrases, narrowed, later pages."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from random import Random
from urllib.parse import urlencode

from tests.bench.search_page.corpus import OFFICES, SEED, STATUSES, Corpus

COMMON, USUAL, RARE = (5, 60), (100, 400), (1_000, 6_000)
"""From which rank to which: of 1,000,000 patents a word stands in some 400,000, 100,000 and 10,000."""


@dataclass(frozen=True)
class Question:
    """What stands in the search box, and what narrows the answer."""

    text: str
    filters: tuple[tuple[str, str], ...] = ()
    page: int = 1

    @property
    def query(self) -> str:
        """The query of the page's address."""
        turned = [("page", str(self.page))] if self.page > 1 else []
        return urlencode([("q", self.text), ("kind", "patent"), *self.filters, *turned])


def questions(corpus: Corpus, draw: int = 0) -> list[Question]:
    """The eighty of a ``draw``; other draws ask for other words."""
    random = Random(SEED + 1_000 + draw)

    def word(between: tuple[int, int]) -> str:
        return corpus.words[random.randrange(*between)]

    single = [Question(word(rank)) for rank in (COMMON, USUAL, RARE) for _ in range(12)]
    pairs = [Question(f"{word(first)} {word(RARE)}") for first in (COMMON, USUAL, RARE) for _ in range(4)]
    triples = [Question(" ".join(map(word, (COMMON, USUAL, RARE)))) for _ in range(8)]
    phrases = [Question(f'"{phrase}"') for phrase in _phrases(corpus, random, 8)]
    offices = [Question(word(USUAL), (("office", random.choice([*OFFICES])),)) for _ in range(6)]
    statuses = [Question(word(USUAL), (("legal_status", random.choice([*STATUSES])),)) for _ in range(4)]
    later = [Question(word(USUAL), page=random.randrange(2, 10)) for _ in range(6)]
    asked = [*single, *pairs, *triples, *phrases, *offices, *statuses, *later]
    random.shuffle(asked)
    return asked


def beginnings(corpus: Corpus) -> list[str]:
    """The first three letters of eighty words, as common and as rare as those that are looked for."""
    random = Random(SEED + 2_000)
    ranks = [rank for rank in (COMMON, USUAL, RARE, RARE) for _ in range(20)]
    return [corpus.words[random.randrange(*rank)][:3] for rank in ranks]


def _phrases(corpus: Corpus, random: Random, count: int) -> list[str]:
    """Two words that stand together in the title of a patent, which is among the first of every size of corpus."""
    titles = [patent.title.split() for patent in islice(corpus.patents(2_000), 2_000)]
    return [" ".join(title[2:4]) for title in random.sample(titles, count)]
