"""Synonyms that editors keep in the CMS: a question for one word is a question for the others too.

They are put into the question, in Python, so both engines know them at once and no index has to be built anew.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from search import analysis
from search.models import SynonymGroup
from search.parsing import Clause, ParsedText, parse
from search.requests import SearchRequest

FRESH_SECONDS: Final = 10.0
"""After so long the groups are read again: another process may have changed them."""

Shape = tuple[str, ...]


class _Known:
    """The groups as they were last read."""

    read_at = -FRESH_SECONDS
    others: Mapping[Shape, tuple[Clause, ...]] = {}


def with_synonyms(request: SearchRequest) -> SearchRequest:
    """The request, each of its words standing for those that mean the same. What is quoted is meant as it stands."""
    others = _others()
    wanted = tuple(_widened(clause, others) for clause in request.parsed.wanted)
    if wanted == request.parsed.wanted:
        return request
    return request.understood(replace(request.parsed, wanted=wanted))


def _widened(clause: Clause, others: Mapping[Shape, tuple[Clause, ...]]) -> Clause:
    found = () if clause.quoted else others.get(_shape(clause), ())
    return replace(clause, synonyms=found) if found else clause


def _others() -> Mapping[Shape, tuple[Clause, ...]]:
    """What each word or phrase stands for beside itself."""
    now = time.monotonic()
    if now - _Known.read_at >= FRESH_SECONDS:
        _Known.others, _Known.read_at = _read(), now
    return _Known.others


def _read() -> dict[Shape, tuple[Clause, ...]]:
    found: dict[Shape, dict[Shape, Clause]] = {}
    for group in SynonymGroup.objects.all():
        members = {_shape(clause): clause for member in group.members if (clause := _clause(member))}
        for shape in members:
            found.setdefault(shape, {}).update(members)
    return {
        shape: tuple(clause for other, clause in members.items() if other != shape) for shape, members in found.items()
    }


def _clause(member: str) -> Clause | None:
    """A member of a group as something to look for: several words stand next to each other."""
    parsed: ParsedText = parse(f"{member} ")
    words = tuple(word for clause in parsed.wanted for word in clause.words)
    return Clause(words) if words else None


def _shape(clause: Clause) -> Shape:
    return tuple(map(analysis.stem, clause.words))


@receiver((post_save, post_delete), sender=SynonymGroup)
def forget(sender: Any = None, **news: Any) -> None:
    """Read the groups again at the next question."""
    _Known.read_at = -FRESH_SECONDS
