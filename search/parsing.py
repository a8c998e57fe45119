"""What a person typed, understood: clauses to look for and clauses to leave out. Nothing a person types raises.

Words, ``"quoted phrases"`` and a minus before either. A word may be looked for in one place only: ``title:membrane``,
``applicant:"acme works"``; the places are those of ``SCOPES`` and no others. There are no wildcards, brackets or
operators: ``notes:x`` is the words *notes* and *x*, so nothing can be asked of a field that is not offered.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from search import analysis
from search.generic import GENERIC

LONGEST_TEXT = 256
MOST_CLAUSES = 16
LONGEST_CLAUSE = 16

SCOPES = {
    "title": "title",
    "applicant": "context",
    "inventor": "context",
    "organisation": "context",
    "number": "context",
}
"""Where a word with this name before it is looked for; names and numbers of all sorts stand in the context."""

_PIECE = re.compile(
    rf"""(?P<minus>(?<!\S)-)?(?:(?<![^\s-])(?P<scope>{"|".join(SCOPES)}):)?"""
    r"""(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))""",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Clause:
    """One thing looked for: a word, words that stand together, or a run of Han characters.

    ``unfinished`` is the word still being typed, which also matches as a beginning. ``slips`` is how many typing
    errors are forgiven; zero unless the engine found the clause nowhere. ``scope`` is the one field it is looked for
    in; empty for all of them. ``synonyms`` are what it stands for beside itself.
    """

    words: tuple[str, ...]
    quoted: bool = False
    unfinished: bool = False
    slips: int = 0
    scope: str = ""
    synonyms: tuple["Clause", ...] = ()

    @property
    def ways(self) -> tuple["Clause", ...]:
        """Itself, and what it stands for beside."""
        return (self, *self.synonyms)

    @property
    def is_ideographic(self) -> bool:
        """Whether it is a run of characters written without spaces."""
        return analysis.is_ideograph(self.words[0])

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Its neighbouring words two by two, in order."""
        return tuple(zip(self.words, self.words[1:], strict=False))

    def forgiving(self) -> "Clause":
        """The same clause with the slips its word is allowed; phrases are never guessed at."""
        if self.quoted or len(self.words) > 1:
            return self
        return replace(self, slips=analysis.typos_allowed(self.words[0]))

    def __str__(self) -> str:
        return ("" if self.is_ideographic else " ").join(self.words)


@dataclass(frozen=True)
class ParsedText:
    """What was asked for. ``text`` is the input, cleaned and cut; ``shortened`` tells that something was left off.

    ``loose``: few have enough of the clauses, so one of them will do; ``idle`` are those that are better had, but no
    reason by themselves. ``akin`` are the keys of documents that answer by
    what they mean, the nearest first, whether they have the words or not; what is unwanted is unwanted in them too.
    """

    text: str = ""
    wanted: tuple[Clause, ...] = ()
    unwanted: tuple[Clause, ...] = ()
    shortened: bool = False
    loose: bool = False
    idle: tuple[Clause, ...] = ()
    akin: tuple[str, ...] = ()

    @cached_property
    def required(self) -> int:
        """How many of the wanted clauses a document must match: both of two, then three of four; if loose, one."""
        count = min(1, len(self.wanted)) if self.loose else len(self.wanted)
        return count if count <= 2 else count * 3 // 4

    def loosely(self) -> "ParsedText":
        """The same, where one of the clauses will do, but not a word that is said of anything."""
        telling = tuple(clause for clause in self.wanted if not GENERIC.issuperset(clause.words))
        if not telling:
            return replace(self, loose=True)
        idle = tuple(clause for clause in self.wanted if clause not in telling)
        return replace(self, loose=True, wanted=telling, idle=idle)

    @property
    def is_plain(self) -> bool:
        """Whether it is words and no more: no phrases in quotes, no places to look in."""
        return all(not clause.quoted and not clause.scope for clause in self.wanted)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed, so that everything is wanted."""
        return not self.text

    @property
    def is_hopeless(self) -> bool:
        """Whether something was typed that holds no word at all."""
        return bool(self.text) and not (self.wanted or self.unwanted or self.akin)


def parse(text: str) -> ParsedText:
    """Understand what was typed, however odd: cut at 256 characters and 16 clauses, and never an error."""
    cut = _CONTROL.sub(" ", text[:LONGEST_TEXT])
    pieces = list(_pieces(cut))
    wanted = tuple(clause for minus, clause in pieces if not minus)
    unwanted = tuple(clause for minus, clause in pieces if minus)
    return ParsedText(
        text=" ".join(cut.split()),
        wanted=_without_stop_words(wanted)[:MOST_CLAUSES],
        unwanted=unwanted[:MOST_CLAUSES],
        shortened=len(text) > LONGEST_TEXT or len(wanted) > MOST_CLAUSES or len(unwanted) > MOST_CLAUSES,
    )


def _pieces(text: str) -> Iterator[tuple[bool, Clause]]:
    for match in _PIECE.finditer(text):
        minus = match["minus"] is not None
        if match["quoted"] is not None:
            clauses = _quoted(match["quoted"])
        else:
            clauses = _bare(match["bare"], unfinished=match.end() == len(text) and not minus)
        scope = SCOPES[match["scope"].lower()] if match["scope"] else ""
        yield from ((minus, replace(clause, scope=scope)) for clause in clauses)


def _quoted(text: str) -> Iterator[Clause]:
    found = tuple(analysis.exact(word.text) for word in analysis.words(text))[:LONGEST_CLAUSE]
    if found:
        yield Clause(found, quoted=True)


def _bare(text: str, *, unfinished: bool) -> Iterator[Clause]:
    """The clauses of a piece without spaces: its runs of Han characters, and between them words that stand together."""
    runs: list[list[str]] = []
    for word in analysis.words(text):
        shape = analysis.exact(word.text)
        if runs and analysis.is_ideograph(runs[-1][0]) == analysis.is_ideograph(shape):
            runs[-1].append(shape)
        elif shape:
            runs.append([shape])
    for position, run in enumerate(runs, 1):
        ends = unfinished and position == len(runs) and not analysis.is_ideograph(run[0])
        yield Clause(tuple(run[:LONGEST_CLAUSE]), unfinished=ends)


def _without_stop_words(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    telling = tuple(c for c in clauses if c.quoted or len(c.words) > 1 or not analysis.is_stop_word(c.words[0]))
    return telling or clauses
