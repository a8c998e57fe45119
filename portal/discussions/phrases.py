"""Finding watched phrases in what people write, however it is spelt; in time that grows with the text alone."""

from __future__ import annotations

import unicodedata
from typing import Final

from .enums import PhraseDeed
from .models import WatchedPhrase

SEVEREST: Final = (PhraseDeed.REFUSE, PhraseDeed.HOLD, PhraseDeed.FLAG)
UNSPACED: Final = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC", "THAI", "LAO", "KHMER", "MYANMAR")
"""How the names of letters begin in scripts that put no space between words."""


def folded(text: str) -> str:
    """``text`` without what makes the same words look different: case, width, ё, invisible letters, runs of space."""
    visible = (letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    return " ".join("".join(visible).casefold().replace("ё", "е").split())


def deed_for(text: str) -> PhraseDeed | None:
    """The severest of what the word list does to ``text``; None where nothing in it is watched."""
    watched, read = list(WatchedPhrase.objects.values_list("folded", "deed")), folded(text)
    found = {deed for phrase, deed in watched if is_in(phrase, read)}
    return next((deed for deed in SEVEREST if deed in found), None)


def is_in(phrase: str, text: str) -> bool:
    """Whether ``phrase`` stands in ``text``, both folded, as words of their own.

    At an end that is of a script without spaces between words, any neighbour will do.
    """
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if _ends_word(text[max(start, 1) - 1 : start], phrase[0]) and _ends_word(text[end : end + 1], phrase[-1]):
            return True
        start = text.find(phrase, start + 1)
    return False


def _ends_word(neighbour: str, edge: str) -> bool:
    return not neighbour or not _is_letter(neighbour) or not _is_letter(edge) or _is_unspaced(edge)


def _is_letter(sign: str) -> bool:
    return sign == "_" or unicodedata.category(sign)[0] in "LNM"


def _is_unspaced(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(UNSPACED)
