"""Patents that nobody filed: the same ones for the same seed, with words as frequent as in real texts.

About 1.1 kB each. Words follow Mandelbrot's law over 20,000 of them, so there are some that stand in most documents
and many that stand in a handful; applicants, offices, classes and years are as unequal as the real ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

SEED = 20_240_229
WORDS, APPLICANTS, SYMBOLS = 20_000, 3_000, 900
FLATTENED = 20
"""How far the most frequent words are from Zipf's own law; with 20 the first stands in six documents of ten."""
LAID_OUT = 300_000
TITLE_WORDS, ABSTRACT_WORDS, CLAIM_WORDS = 8, 78, 32
FIRST_DAY, DAYS = date(1995, 1, 1), 11_000

ONSETS = [*"bcdfghlmnprstv", "br", "cl", "dr", "fl", "gr", "pl", "pr", "st", "tr", "ph", "th"]
NUCLEI = [*"aeiou", "ai", "ea", "io"]
CODAS = ["", "", "", "", "", "", "n", "r", "l", "s", "t", "st"]
ENDINGS = ["", "", "", "", "er", "ing", "ic", "al", "ite", "or", "ene", "ure", "ation"]
COMPANIES = ["GmbH", "Inc.", "Co., Ltd.", "S.A.", "B.V.", "University", "Corp.", "KK"]
OFFICES = {"US": 34, "CN": 24, "EP": 14, "JP": 10, "KR": 6, "DE": 4, "WO": 3, "FR": 2, "GB": 2, "RU": 1}
KINDS = {"US": "B2", "CN": "A", "EP": "A1", "JP": "A", "KR": "B1", "DE": "C1", "WO": "A1", "FR": "A1", "GB": "B"}
STATUSES = {"granted": 50, "pending": 24, "expired": 12, "lapsed": 8, "withdrawn_or_refused": 6}
LANGUAGES = {"en": 70, "de": 12, "fr": 8, "zh-hans": 6, "ru": 4}
SECTIONS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class SyntheticPatent:
    """A patent as its office would publish it; ``place`` is its own in the corpus, from 1."""

    place: int
    office: str
    serial: str
    kind: str
    title: str
    abstract: str
    claims: tuple[str, ...]
    applicant: str
    symbols: tuple[str, ...]
    status: str
    language: str
    published: date

    @property
    def number(self) -> str:
        """The publication number as the portal writes it."""
        return f"{self.office}-{self.serial}-{self.kind}"


@dataclass(frozen=True)
class Choice:
    """Some things, laid out as often as they are to be drawn: drawing is then one look into a list."""

    things: Sequence[str]
    laid_out: Sequence[str]

    @classmethod
    def falling(cls, things: Sequence[str], flattened: int = FLATTENED) -> Choice:
        """Things each rarer than the one before, by Mandelbrot's law."""
        return cls.weighed({thing: 1 / (rank + flattened) for rank, thing in enumerate(things, 1)})

    @classmethod
    def weighed(cls, weights: Mapping[str, float]) -> Choice:
        """Things drawn by their weights."""
        unit = sum(weights.values()) / LAID_OUT
        laid_out = [thing for thing, weight in weights.items() for _ in range(max(1, round(weight / unit)))]
        return cls([*weights], laid_out)

    def drawn(self, random: Random, count: int) -> list[str]:
        """``count`` of them, with replacement."""
        return random.choices(self.laid_out, k=count)


def vocabulary(seed: int = SEED) -> list[str]:
    """The words of the corpus, the most frequent first, which are mostly the shorter ones."""
    random, words = Random(seed), {}
    while len(words) < WORDS:
        syllables = random.choices((1, 2, 3), weights=(2, 7, 2))[0]
        stem = "".join(random.choice(ONSETS) + random.choice(NUCLEI) + random.choice(CODAS) for _ in range(syllables))
        word = stem + random.choice(ENDINGS)
        if len(word) > 3:
            words[word] = len(word) + random.uniform(0, 6)
    return sorted(words, key=words.__getitem__)


class Corpus:
    """The patents of one seed."""

    def __init__(self, seed: int = SEED) -> None:
        self.seed = seed
        self.words = vocabulary(seed)
        random = Random(seed + 1)
        names = random.sample(self.words, APPLICANTS)
        self._word = Choice.falling(self.words)
        self._applicant = Choice.falling([f"{name.title()} {random.choice(COMPANIES)}" for name in names], 5)
        self._symbol = Choice.falling(sorted({self._made_symbol(random) for _ in range(SYMBOLS)}), 5)
        self._office, self._status, self._language = map(Choice.weighed, (OFFICES, STATUSES, LANGUAGES))

    @property
    def symbols(self) -> Sequence[str]:
        """All symbols under which something may be classed."""
        return self._symbol.things

    def patents(self, count: int) -> Iterator[SyntheticPatent]:
        """The first ``count`` patents."""
        random = Random(self.seed + 2)
        for place in range(1, count + 1):
            yield self._made(random, place)

    def _made(self, random: Random, place: int) -> SyntheticPatent:
        words = self._word.drawn(random, TITLE_WORDS + ABSTRACT_WORDS + 2 * CLAIM_WORDS)
        text = iter(words)
        title, abstract, first, second = (
            " ".join(next(text) for _ in range(length))
            for length in (TITLE_WORDS, ABSTRACT_WORDS, CLAIM_WORDS, CLAIM_WORDS)
        )
        [office], [status], [language] = (
            each.drawn(random, 1) for each in (self._office, self._status, self._language)
        )
        symbols = tuple(dict.fromkeys(self._symbol.drawn(random, random.choice((1, 2, 2, 3)))))
        return SyntheticPatent(
            place=place,
            office=office,
            serial=f"{10_000_000 + place}",
            kind=KINDS.get(office, "A"),
            title=title.capitalize(),
            abstract=f"{abstract.capitalize()}.",
            claims=(f"1. {first.capitalize()}.", f"2. {second.capitalize()}."),
            applicant=self._applicant.drawn(random, 1)[0],
            symbols=symbols,
            status=status,
            language=language,
            published=FIRST_DAY + timedelta(days=random.randrange(DAYS)),
        )

    @staticmethod
    def _made_symbol(random: Random) -> str:
        head = f"{random.choice(SECTIONS)}{random.randrange(1, 50):02}{random.choice('BCDFGHKL')}"
        return f"{head} {random.randrange(1, 100)}/{random.randrange(0, 99):02}"
