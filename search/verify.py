"""Comparing the index with the database, both ways."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portal.kernel.models import OutboxEntry
from search import engines
from search.documents import KINDS, sources_of
from search.documents.base import digest
from search.drain import TOPIC, enqueue, parsed_key
from search.rebuild import Advance, batches, object_of


@dataclass
class Drift:
    """Where the index and the database disagree, by the keys of documents.

    ``missing`` are not in the index though they should be, ``stale`` differ from their object, ``surplus`` should not
    be there or are there twice. ``waiting`` is the number of changes still in the outbox, which explain as many
    differences.
    """

    compared: int = 0
    waiting: int = 0
    missing: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        """All documents that are wrong."""
        return [*self.missing, *self.stale, *self.surplus]


def drift(kinds: Sequence[str] = (), *, advance: Advance = lambda steps: None) -> Drift:
    """Compare every document of these kinds (of all, when none is named); changes nothing."""
    found = Drift(waiting=OutboxEntry.objects.filter(topic=TOPIC).count())
    held = _held(kinds, found)
    for kind in kinds or KINDS:
        for key, wanted in _wanted(kind, advance):
            found.compared += 1
            _compare(found, key, wanted, held.pop(key, None))
    found.surplus = sorted([*found.surplus, *held])
    return found


def repair(found: Drift) -> int:
    """Have the objects of all wrong documents indexed again; how many."""
    objects = {parsed_key(object_of(key)) for key in found.keys}
    for kind, pk in sorted(objects):
        enqueue(kind, [pk])
    return len(objects)


def _held(kinds: Sequence[str], found: Drift) -> dict[str, str]:
    """The digest of each document held. One that is held twice is surplus, whichever of the two is right."""
    held: dict[str, str] = {}
    for entry in engines.current().entries(kinds):
        if entry.key in held:
            found.surplus.append(entry.key)
        held[entry.key] = entry.digest
    return held


def _wanted(kind: str, advance: Advance) -> Iterator[tuple[str, str]]:
    for _, rows in batches(kind, draw=int):
        yield from ((source["key"], digest(source)) for row in rows for source in sources_of(row, kind))
        advance(len(rows))


def _compare(found: Drift, key: str, wanted: str, held: str | None) -> None:
    if held is None:
        found.missing.append(key)
    elif held != wanted:
        found.stale.append(key)
