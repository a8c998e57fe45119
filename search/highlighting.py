"""Titles and snippets with what was looked for marked: computed here for every engine, from the found document.

The text is escaped piece by piece and only ``<mark>`` is added, so whatever a document holds is shown, never run.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from django.utils.safestring import SafeString, mark_safe

from search import analysis
from search.analysis import Word
from search.parsing import Clause, ParsedText

LONGEST_READ = 20_000
SNIPPET = 240
LEAD = 60

Span = tuple[int, int]
Test = Callable[[str], bool]


@dataclass(frozen=True)
class Marker:
    """Knows which words of a text were looked for."""

    stems: frozenset[str]
    beginnings: tuple[str, ...]
    slipped: tuple[tuple[str, int], ...]
    pairs: frozenset[tuple[str, str]]
    _known: dict[str, bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, sought: ParsedText) -> "Marker":
        """A marker of what a question asks for."""
        wanted = [way for clause in sought.wanted for way in clause.ways]
        plain = [clause for clause in wanted if not clause.is_ideographic]
        return cls(
            stems=frozenset(analysis.stem(word) for clause in wanted for word in clause.words if _alone(clause)),
            beginnings=tuple(clause.words[-1] for clause in plain if clause.unfinished and len(clause.words[-1]) > 1),
            slipped=tuple((clause.words[0], clause.slips) for clause in plain if clause.slips),
            pairs=frozenset(pair for clause in wanted if clause.is_ideographic for pair in clause.pairs),
        )

    def marks(self, word: str) -> bool:
        """Whether this word, by itself, was looked for."""
        if analysis.stem(word) in self.stems:
            return True
        shape = analysis.exact(word)
        return shape.startswith(self.beginnings) or any(
            analysis.is_slip_of(wanted, shape, slips) for wanted, slips in self.slipped
        )

    def spans(self, text: str) -> list[Span]:
        """The places to mark, in order; places that touch are one."""
        read = text[:LONGEST_READ]
        return self._spans_of_pairs(read) if self.pairs else self._spans_of_words(read)

    def _spans_of_words(self, text: str) -> list[Span]:
        folded = analysis.fold(text)
        words = [match for pattern in self._candidates(folded) for match in pattern.finditer(folded)]
        marked = sorted(match.span() for match in words if self._marked(match[0]))
        found: list[Span] = []
        for start, end in marked:
            _add(found, start, end)
        return found

    def _spans_of_pairs(self, text: str) -> list[Span]:
        found: list[Span] = []
        for word, following in _neighbours(analysis.words(text)):
            if self._marked(word.text):
                _add(found, word.start, word.end)
            if following and following.start == word.end and (word.text, following.text) in self.pairs:
                _add(found, word.start, following.end)
        return found

    def _marked(self, word: str) -> bool:
        marked = self._known.get(word)
        if marked is None:
            marked = self._known[word] = self.marks(word)
        return marked

    def _candidates(self, folded: str) -> list[re.Pattern[str]]:
        """What finds the words that may have been looked for, so that most of a text is passed over unread.

        Folding may change the first letter of a word if it is not ASCII; a slip always may.
        """
        if self.slipped:
            return [analysis.WORD]
        if folded.isascii():
            return [analysis.plain_words_beginning_with(head) for head in self._heads if head.isascii()]
        return [analysis.words_beginning_with(self._initials)]

    @cached_property
    def _heads(self) -> list[str]:
        """How the words begin that may have been looked for, none of them the beginning of another."""
        heads = sorted({*map(analysis.head, filter(None, self.stems)), *(word[:2] for word in self.beginnings)})
        return [head for head in heads if len(head) == 1 or head[0] not in heads]

    @cached_property
    def _initials(self) -> str:
        return "".join(sorted({head[0] for head in self._heads}))


def _alone(clause: Clause) -> bool:
    """Han characters are marked in pairs, unless only one was asked for."""
    return not clause.is_ideographic or len(clause.words) == 1


def _neighbours(words: Iterator[Word]) -> Iterator[tuple[Word, Word | None]]:
    before = next(words, None)
    for word in words:
        if before:
            yield before, word
        before = word
    if before:
        yield before, None


def _add(spans: list[Span], start: int, end: int) -> None:
    if spans and spans[-1][1] >= start:
        spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
    else:
        spans.append((start, end))


def marked(text: str, marker: Marker) -> SafeString:
    """The whole text, escaped, with what was looked for in ``<mark>``."""
    return _html(text, marker.spans(text), 0, len(text))


def snippet(texts: list[str], marker: Marker) -> SafeString:
    """A passage of the first of the texts that has what was looked for; else the beginning of the first."""
    for text in texts:
        spans = marker.spans(text)
        if spans:
            start, end = _passage(text, spans)
            return _html(text, spans, start, end)
    first = next(filter(None, texts), "")
    return _html(first, [], 0, _word_end(first, SNIPPET))


def _passage(text: str, spans: list[Span]) -> Span:
    """The stretch of the text with most marks in it, begun at a word a little before the first of them."""
    starts = [start for start, _ in spans]
    best = max(
        starts, key=lambda start: (bisect_left(starts, start + SNIPPET - LEAD) - bisect_left(starts, start), -start)
    )
    start = max(0, best - LEAD)
    if start:
        start = max((text.rfind(sign, start, best) + 1 for sign in " \n"), default=start) or start
    return start, _word_end(text, start + SNIPPET)


def _word_end(text: str, near: int) -> int:
    """A place near this one where a word ends."""
    if near >= len(text):
        return len(text)
    space = text.rfind(" ", near - LEAD, near)
    return space if space > 0 else near


def _html(text: str, spans: list[Span], start: int, end: int) -> SafeString:
    parts, place = ["…" if start else ""], start
    for left, right in ((max(left, start), min(right, end)) for left, right in spans if right > start and left < end):
        parts += [escape(text[place:left]), "<mark>", escape(text[left:right]), "</mark>"]
        place = right
    parts += [escape(text[place:end]), "…" if end < len(text) else ""]
    return mark_safe("".join(parts))  # noqa: S308 - every piece of the text was escaped above
