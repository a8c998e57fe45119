"""Synonyms that editors keep in the CMS: a question for one word is a question for the others too.

They are put into the question, in Python, so both engines know them at once and no index has to be built anew.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
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
    """The request, each of its words and runs of words standing for those that mean the same.

    What is quoted is meant as it stands.
    """
    others = _others()
    wanted = request.parsed.wanted
    found: list[dict[Shape, Clause]] = [{} for _ in wanted]
    for place, count in _runs(wanted, longest=max(map(len, others), default=0)):
        meant = others.get(_shape(*wanted[place : place + count]), ())
        for each in found[place : place + count]:
            each.update({_shape(clause): replace(clause, scope=wanted[place].scope) for clause in meant})
    if not any(found):
        return request
    widened = tuple(replace(clause, synonyms=tuple(more.values())) for clause, more in zip(wanted, found, strict=True))
    return request.understood(replace(request.parsed, wanted=widened))


def _runs(wanted: Sequence[Clause], longest: int) -> Iterator[tuple[int, int]]:
    """Where a member of a group may stand: the place and the number of neighbouring clauses that are plain alike.

    Each clause of a phrase then stands for what the phrase means, so a text that has the other word has them all.
    """
    for place, first in enumerate(wanted):
        for count, clause in enumerate(wanted[place : place + longest], 1):
            if clause.quoted or clause.scope != first.scope:
                break
            yield place, count


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


def _shape(*clauses: Clause) -> Shape:
    return tuple(analysis.stem(word) for clause in clauses for word in clause.words)


@receiver((post_save, post_delete), sender=SynonymGroup)
def forget(sender: Any = None, **news: Any) -> None:
    """Read the groups again at the next question."""
    _Known.read_at = -FRESH_SECONDS
