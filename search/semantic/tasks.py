"""Making vectors in the background: of what has changed, and of all there is after an embedder was set up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from portal.kernel import outbox, schedule
from portal.kernel.commit import enqueue_many
from portal.kernel.models import OutboxEntry
from search.engines.port import EngineUnavailable
from search.semantic import embedders
from search.semantic.embedders import EmbedderUnavailable
from search.semantic.passages import KINDS
from search.semantic.stores import store_for
from search.semantic.vectors import bring_up_to_date, missing

TOPIC: Final = "embed"
BATCH: Final = 16
PAUSE = timedelta(seconds=30)
LOOK_SECONDS: Final = 600
MOST_WAITING: Final = 10_000
"""As many as wait are enough: the rest is found when these are done."""


def enqueue(keys: Iterable[str]) -> None:
    """Have the vectors of these objects (``kind:pk``) looked after, once the present transaction has committed."""
    if embedders.current() is not None:
        enqueue_many(TOPIC, [key for key in keys if key.partition(":")[0] in KINDS])


@outbox.handler(TOPIC, batch=BATCH, slow=True)
def embed(entries: Sequence[OutboxEntry]) -> None:
    """Bring the vectors of these objects up to date. An embedder or a server that is away costs no attempt."""
    embedder = embedders.current()
    if embedder is None:  # it was set up when the work was put down, and has been taken away since
        return
    by_kind: dict[str, set[str]] = {}
    for entry in entries:
        kind, _, pk = entry.key.partition(":")
        by_kind.setdefault(kind, set()).add(pk)
    try:
        for kind, pks in by_kind.items():
            store_for(embedder).put(bring_up_to_date(embedder, kind, pks))
    except (EmbedderUnavailable, EngineUnavailable) as away:
        raise outbox.Postpone(str(away), PAUSE) from away


@schedule.every(LOOK_SECONDS, "search.vectors")
def embed_missing() -> int:
    """Have made what is missing by the present embedder; how many objects that are."""
    embedder = embedders.current()
    waiting = OutboxEntry.objects.filter(topic=TOPIC, dead=False).count()
    if embedder is None or waiting >= MOST_WAITING:
        return 0
    found = 0
    for kind, pks in missing(embedder):
        enqueue(f"{kind}:{pk}" for pk in pks)
        found += len(pks)
        if found + waiting >= MOST_WAITING:
            break
    return found
