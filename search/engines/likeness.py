"""What a document is about: the few clauses that tell it from others, for finding more like it."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from search import analysis
from search.parsing import Clause

TELLING = 10
_GENERIC = """
about above across after again all also although always among another any anything apart around away back because
been before behind being below between both but can cannot could did does doing done down during each either else
enough even ever every everything few first five for found four further get gets give given gives goes going got had
has have having help helps her here him his how however if inside instead into its itself just keep keeps kept know
known large last later least less let lets like little long longer look looks made make makes making many may mean
means might mode more most much must near need needed needs never new next nine no none not nothing now often once
one only onto other others our out outside over own part people per put rather same second see seek seeking seen
several shall she should show shows since six small so some something sought still such take taken takes ten than
them themselves then there these they thing things third this those though three through thus together too toward
towards two under until up upon use used useful user uses using very want wanted wants way ways well were when where
whether while who whole whom whose why will within without work works would year years yet you your без более больше
будет бы был была были было быть весь видит вместо во вот все всё всего всех где год года два две девять действие
день десять для до другие другой его ее её ему если есть ещё же за зачем и ищем ищет их иной из или именно им имеет
ими иногда каждый как какой когда который которая которое которые кроме ли лишь между менее можно мы на над надо нам
нас нашей не него некоторые нет ни них но нужен нужна нужно нужны об один одна однако он она они оно от очень первый
перед по под потом почему при про пять раз сам свой себя сейчас со снова так также такой там тем теперь то тоже
только том тот три тут уже хотя чего чем через четыре что чтобы эта эти это этот
"""
GENERIC = frozenset(_GENERIC.split())
"""Words that tell nothing of a document, however rare they are among few others."""
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
