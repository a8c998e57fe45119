"""Forgiving slips of the finger: the same for every engine, and judged by what the viewer may see alone."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from search import analysis
from search.parsing import Clause, ParsedText

SAMPLE = 20
"""How many documents are read for the word that is nearest to one nobody wrote."""
LONGEST_READ = 4_000
SPOKEN_IN = ("title", "summary", "body")

Occurs = Callable[[Collection[Clause]], bool]
"""Whether a document that the viewer may see has all of these clauses."""


def lost_clauses(parsed: ParsedText, occurs: Occurs) -> tuple[Clause, ...]:
    """The single words of the question that nothing the viewer may read contains; none while all of it is found.

    Were it judged by the whole index, the answer would tell whether a word occurs in what is hidden from the viewer.
    """
    if not parsed.wanted or occurs(parsed.wanted):
        return ()
    return tuple(clause for clause in doubtful(parsed) if not occurs([clause]))


def doubtful(parsed: ParsedText) -> tuple[Clause, ...]:
    """The clauses that may hold a slip: single words outside quotes."""
    return tuple(clause for clause in parsed.wanted if len(clause.words) == 1 and not clause.quoted)


def forgiving(parsed: ParsedText, lost: Collection[Clause]) -> ParsedText:
    """The question with the slips forgiven in the words that were lost."""
    wanted = tuple(clause.forgiving() if clause in lost else clause for clause in parsed.wanted)
    return replace(parsed, wanted=wanted) if lost else parsed


def nearest(word: str, sample: Iterable[Mapping[str, Any]]) -> str | None:
    """The word of these documents that is nearest within the slips allowed, the more frequent of equally near ones."""
    limit = analysis.typos_allowed(word)
    spoken = (other for source in sample for other in _vocabulary(source))
    seen = Counter(other for other in spoken if analysis.is_slip_of(word, other, limit))
    return min(seen, key=lambda other: (analysis.typos(word, other), -seen[other], other), default=None)


def _vocabulary(source: Mapping[str, Any]) -> Iterator[str]:
    """The words of a document's text, as far as it is worth reading them."""
    for name in SPOKEN_IN:
        yield from (analysis.exact(word.text) for word in analysis.words((source.get(name) or "")[:LONGEST_READ]))
