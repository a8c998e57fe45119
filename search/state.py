"""How search is: for the platform master."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import Min

from portal.kernel.models import OutboxEntry
from search import engines, fruitless
from search.documents import KINDS, documents_of
from search.drain import TOPIC
from search.engines.port import Health
from search.facets import Label, kind_label
from search.models import DocumentVector, FruitlessQuery
from search.semantic import embedders
from search.semantic.tasks import TOPIC as VECTORS

MOST: Final = 50
STAMP: Final = re.compile(r"\d{14}")


@dataclass(frozen=True)
class Waiting:
    """Work that waits in the outbox: how much, and since when the oldest of it."""

    number: int
    since: datetime | None


@dataclass(frozen=True)
class SearchState:
    """What there is, what waits, what failed, and what was looked for in vain.

    ``objects``: how many of each kind may be found, in the database; ``vectors`` is None without an embedder;
    ``failing`` are changes that were tried and not done, those set aside first.
    """

    engine: str
    health: Health
    rebuilt_at: datetime | None
    objects: list[tuple[Label, int]]
    changes: Waiting
    embedder: str
    vectors: int | None
    vectors_waiting: Waiting
    failing: list[OutboxEntry]
    in_vain: list[FruitlessQuery]


def state() -> SearchState:
    """How search is now."""
    engine, embedder = engines.current(), embedders.current()
    health = engine.health()
    vectors = DocumentVector.objects.filter(model=embedder.name).exclude(vector=b"").count() if embedder else None
    failing = OutboxEntry.objects.filter(topic__in=(TOPIC, VECTORS)).exclude(last_error="")
    return SearchState(
        engine=engine.name,
        health=health,
        rebuilt_at=_rebuilt_at(health.details),
        objects=[(kind_label(kind), documents_of(kind)[0].rows().count()) for kind in KINDS],
        changes=_waiting(TOPIC),
        embedder=embedder.name if embedder else "",
        vectors=vectors,
        vectors_waiting=_waiting(VECTORS),
        failing=list(failing.order_by("-dead", "id")[:MOST]),
        in_vain=fruitless.popular(MOST),
    )


def _waiting(topic: str) -> Waiting:
    rows = OutboxEntry.objects.filter(topic=topic, dead=False)
    return Waiting(rows.count(), rows.aggregate(since=Min("created_at"))["since"])


def _rebuilt_at(details: Mapping[str, Any]) -> datetime | None:
    """When the index that serves was built: its name says so."""
    found = STAMP.search(str(details))
    return datetime.strptime(found.group(), "%Y%m%d%H%M%S").replace(tzinfo=UTC) if found else None
