"""Texts of unknown origin, made plain: no mark-up, no control characters, white space folded."""

from __future__ import annotations

import html
import re
import unicodedata

import nh3

_MARK_UP = re.compile(r"<!--|</?[a-zA-Z][^<>]*>")
_BLOCK = re.compile(r"(?i)<(?:br|/?(?:p|div|li|ul|ol|tr|td|h[1-6]))\b")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_NOTHING = frozenset({"na", "n/a", "none", "null", "-"})
LAYERS = 4


def plain(text: str) -> str:
    """``text`` as one paragraph of words. Scripts and styles go with their content, other tags alone.

    A lone ``<`` (``pH < 7``, ``a<b``) is no mark-up and stays. Mark-up that was escaped, even repeatedly, goes too.
    """
    for _layer in range(LAYERS):
        cleaned = _without_mark_up(text)
        if cleaned == text:
            break
        text = cleaned
    return _printable(_MARK_UP.sub(" ", text))


def plain_or_nothing(text: str) -> str:
    """As ``plain``; empty where the source says in a word that it has nothing (``NA``)."""
    cleaned = plain(text)
    return "" if cleaned.casefold() in _NOTHING else cleaned


def excerpt(raw: bytes | str, longest: int = 200) -> str:
    """The beginning of what was rejected, fit to be printed."""
    text = raw[: longest * 4].decode("utf-8", "replace") if isinstance(raw, bytes) else raw[: longest * 4]
    return _printable(text)[:longest]


def _without_mark_up(text: str) -> str:
    if _MARK_UP.search(text):
        spaced = _BLOCK.sub(lambda tag: f" {tag.group()}", text)
        return html.unescape(nh3.clean(spaced, tags=set()))
    return html.unescape(text) if _ENTITY.search(text) else text


def _printable(text: str) -> str:
    shown = (sign for sign in text if sign not in _DIRECTION)
    spaced = (" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in shown)
    return " ".join("".join(spaced).split())
