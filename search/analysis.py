"""How text becomes words: one analysis for documents, queries and highlights, whichever engine holds them.

Folding maps one character to one character, so positions in folded text are positions in the original: case, width
(``Ａ`` to ``a``), sub- and superscripts (``₂`` to ``2``), Latin diacritics (``é`` to ``e``) and ``ё`` to ``е``. Words
are runs of letters and digits; every Han or Hiragana character is a word of its own. Two shapes of each word are
indexed: exact (folded) and stemmed (English, then Russian: each touches its own alphabet only).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import tantivy

EXACT = "portal_exact"
STEMMED = "portal_text"

IDEOGRAPHS = "\u3005\u3007\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
WORD_PATTERN = f"[{IDEOGRAPHS}]|[^\\W_{IDEOGRAPHS}]+"
WORD = re.compile(WORD_PATTERN)
_LETTER = f"[^\\W_{IDEOGRAPHS}]"
_IDEOGRAPH = re.compile(f"[{IDEOGRAPHS}]")

_STOP_WORDS = """
a an and are as at be by for from how in into is it of on or our that the their this to was we what which with
и в во на не с со к ко для по от до из о об у за что как это или а но же
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


class _Folding(dict[int, int]):
    """A table for ``str.translate`` which works out each character the first time it is met."""

    def __missing__(self, code: int) -> int:
        folded = self[code] = ord(_fold_character(chr(code)))
        return folded


def _fold_character(character: str) -> str:
    """The one character that stands for this one; itself where folding would need several."""
    folded = unicodedata.normalize("NFKC", character).lower()
    base, *marks = unicodedata.normalize("NFD", folded) or [character]  # type: ignore[str-unpack]
    if marks and base.isascii() and all(map(unicodedata.combining, marks)):
        folded = base
    if folded == "ё":
        folded = "е"
    return folded if len(folded) == 1 else character


class _Spelling(dict[int, int]):
    """As ``_Folding``, with a space for each character that is no part of a word."""

    def __missing__(self, code: int) -> int:
        folded = chr(_FOLDING[code])
        spelled = self[code] = ord(folded if WORD.match(folded) else " ")
        return spelled


_FOLDING = _Folding()
_SPELLING = _Spelling()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and where it stands: ``text[start:end]`` is what the reader sees."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """The text in the shape it is compared in; always as long as it was."""
    return text.translate(_FOLDING)


def spelled(text: str) -> str:
    """The folded text with only spaces between its words, so that an engine's own tokenizer finds the same words."""
    return text.translate(_SPELLING)


def words(text: str) -> Iterator[Word]:
    """The words of a text in order, folded, with their places in the original."""
    for match in WORD.finditer(fold(text)):
        yield Word(match.group(), match.start(), match.end())


@lru_cache(maxsize=2_000)
def plain_words_beginning_with(head: str) -> re.Pattern[str]:
    """A pattern that finds the words beginning with these letters in folded text that is all ASCII.

    They stand first in it and what is before them is looked at afterwards: so most of a text is leapt over.
    """
    return re.compile(f"{head}(?<![a-z0-9]{head})[a-z0-9]*")


@lru_cache(maxsize=500)
def words_beginning_with(initials: str) -> re.Pattern[str]:
    """A pattern that finds, in folded text, the words that begin with one of these characters or with none of ASCII."""
    signs = "".join(filter(is_ideograph, initials))
    letters = "".join(letter for letter in initials if letter not in signs)
    beginnings = [f"[{re.escape(letters)}]"] if letters else []
    beginnings.append(f"(?![\\x00-\\x7f]){_LETTER}")
    words = f"(?<!{_LETTER})(?:{'|'.join(beginnings)}){_LETTER}*"
    return re.compile(f"{words}|[{signs}]" if signs else words)


def analysers() -> dict[str, tantivy.TextAnalyzer]:
    """The analysers by the names the mappings use."""
    return {EXACT: _analyser(), STEMMED: _analyser("english", "russian")}


def _analyser(*languages: str) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(WORD_PATTERN))
    builder = builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold())
    for language in languages:
        builder = builder.filter(tantivy.Filter.stemmer(language))
    return builder.build()


_EXACT = _analyser()
_STEMMED = _analyser("english", "russian")


@lru_cache(maxsize=20_000)
def exact(word: str) -> str:
    """The exact shape of one word, as the index holds it."""
    return "".join(_EXACT.analyze(word))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of one word, as the index holds it."""
    return "".join(_STEMMED.analyze(word))


def head(stem: str) -> str:
    """How every word begins that has this stem: by one letter, or two (*dying* has the stem *die*, but few are so)."""
    return stem[:2] if len(stem) > 3 else stem[:1]


def slips_of_stem(word: str, limit: int) -> int:
    """How many of the slips forgiven in a word are forgiven in its stem, which may be much shorter."""
    return min(limit, typos_allowed(stem(word)))


def is_ideograph(word: str) -> bool:
    """Whether the word is one Han or Hiragana character, which is written without spaces around it."""
    return _IDEOGRAPH.fullmatch(word) is not None


def is_stop_word(word: str) -> bool:
    """Whether the word is too common to decide what is found (it still counts inside quotes)."""
    return word in STOP_WORDS


def is_slip_of(word: str, other: str, limit: int) -> bool:
    """Whether at most ``limit`` slips part the words or their stems."""
    return within_typos(word, other, limit) or within_typos(stem(word), stem(other), slips_of_stem(word, limit))


def within_typos(word: str, other: str, limit: int) -> bool:
    """Whether at most ``limit`` slips part the words: a letter more, less, other, or two changed round."""
    return abs(len(word) - len(other)) <= limit and typos(word, other) <= limit


def typos(word: str, other: str) -> int:
    """The number of slips between two words (optimal string alignment distance)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(word, 1):
        above, row, before_above = row, [i], before
        for j, b in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and word[i - 2] == b:
                cost = min(cost, before_above[j - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]


def typos_allowed(word: str) -> int:
    """How many slips a word of this length is forgiven: none under four letters, two from eight on.

    Words with a digit are numbers of something and are never guessed at.
    """
    if len(word) < 4 or any(letter.isdigit() for letter in word) or is_ideograph(word[0]):
        return 0
    return 1 if len(word) < 8 else 2
