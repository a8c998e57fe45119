"""Finding in one room what was said there, by its words; the whole portal is searched elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q, QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ..models import Message, Room
from .moderation import blocked_by

if TYPE_CHECKING:
    from portal.accounts.querysets import Viewer

MOST_WORDS: Final = 8
LEAD: Final = 60
LONGEST: Final = 240


def words_of(text: str) -> list[str]:
    """What was typed, word by word."""
    return text[:200].split()[:MOST_WORDS]


def said_in(room: Room, user: Viewer, words: Sequence[str]) -> QuerySet[Message]:
    """The messages of ``room`` that stand and have all of ``words``; without those of people ``user`` has blocked."""
    wanted = Q(*(Q(text__icontains=word) for word in words))
    rows = room.messages.saying_something().filter(wanted).select_related("author")
    return rows.exclude(author__in=list(blocked_by(user)))


def passage(message: Any, words: Sequence[str]) -> SafeString:
    """The part of what a message says that has the first of the words, all of them marked."""
    pattern = re.compile("|".join(map(re.escape, words)) or "$^", re.IGNORECASE)
    first = pattern.search(message.text)
    start = max(0, first.start() - LEAD) if first else 0
    text = message.text[start : start + LONGEST]
    parts, place = ["…" if start else ""], 0
    for match in pattern.finditer(text):
        parts += [escape(text[place : match.start()]), "<mark>", escape(match[0]), "</mark>"]
        place = match.end()
    parts += [escape(text[place:]), "…" if start + LONGEST < len(message.text) else ""]
    return mark_safe("".join(parts))  # noqa: S308 - every piece of the text was escaped above
