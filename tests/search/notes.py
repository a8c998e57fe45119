"""A kind of document made for the engine cases: nothing of the portal's own, everything an engine must handle."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from search.documents.base import Audience, PortalDocument
from search.documents.fields import amount, facet, moment
from search.engines.port import Engine, Found, Put
from search.requests import SearchRequest

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


class NoteDocument(PortalDocument):
    """A note: words, a subject or several, a deadline perhaps."""

    subject = facet()
    deadline = moment()
    reward = amount()

    KIND: ClassVar[str] = "note"

    @staticmethod
    def audience(obj: Any) -> Audience:
        """Some notes are for everybody, some for a few: each case says whom it admits."""
        return obj.audience


def source(number: int, title: str, **changes: Any) -> dict[str, Any]:
    """The document of note ``number``: public unless told otherwise, a day younger than the one before it."""
    return {
        "key": f"note:{number}",
        "kind": "note",
        "part": "",
        "allow": ["public"],
        "deny": [],
        "title": title,
        "summary": "",
        "body": "",
        "subject": [],
        "deadline": None,
        "reward": None,
        "updated_at": NEW_YEAR + timedelta(days=number),
    } | changes


def puts(sources: Iterable[dict[str, Any]], version: int = 1) -> list[Put]:
    """Writes of these documents, all of one version."""
    return [Put(each["key"], version, each) for each in sources]


WATER = source(1, "Membranes for water treatment", body="Reverse osmosis of brackish water.", subject=["water"])
CHINESE = source(2, "污水处理膜技术", summary="膜分离用于污水处理。", subject=["water", "materials"])
RUSSIAN = source(3, "Технологии очистки воды", body="Ёлка у реки.", subject=["water"])
BATTERY = source(4, "Battery recycling", summary="Lithium from spent batteries.", subject=["energy"])
SECRET = source(5, "Zirconium batteries", allow=["org:4"], deny=["user:9"], subject=["energy", "hidden"])

MEMBER = frozenset({"public", "org:4"})
CONFLICTED = frozenset({"public", "org:4", "user:9"})

NOTES = [WATER, CHINESE, RUSSIAN, BATTERY, SECRET]


def ask(engine: Engine, text: str = "", **words: Any) -> Found:
    return engine.search(SearchRequest(text, **words))


def numbers(found: Found | Iterable[Any]) -> list[int]:
    hits = found.hits if isinstance(found, Found) else found
    return [int(hit.pk) for hit in hits]
