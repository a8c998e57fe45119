"""One patent as a source tells it: cleaned, comparable, independent of any file format."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

import orjson

from patents.enums import LegalStatus
from patents.numbers import Number


@dataclass(frozen=True)
class PatentRecord:
    """What one source says of one patent. Empty means that the source does not say.

    ``parties`` are (role, name), ``classes`` (scheme, symbol), both in the order of the source.
    """

    number: Number
    source: str
    source_licence: str = ""
    title: str = ""
    abstract: str = ""
    language: str = ""
    claims: tuple[str, ...] = ()
    application_number: str = ""
    family_key: str = ""
    legal_status: str = LegalStatus.UNKNOWN
    status_source: str = ""
    status_date: date | None = None
    status_code: str = ""
    priority_date: date | None = None
    filing_date: date | None = None
    publication_date: date | None = None
    grant_date: date | None = None
    expiry_date: date | None = None
    parties: tuple[tuple[str, str], ...] = ()
    classes: tuple[tuple[str, str], ...] = ()
    citations: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """SHA-256 over everything it says: equal records have equal fingerprints, however they were written."""
        return hashlib.sha256(orjson.dumps(asdict(self), option=orjson.OPT_SORT_KEYS)).hexdigest()

    def over(self, held: PatentRecord, *, beside: bool = False) -> PatentRecord:
        """``held`` brought up to date by this record.

        What this record says stands, what it does not say stays. A list (of one role, of one scheme) that it gives
        replaces the one held; ``beside`` (the same source says more of the same patent in the same file) adds to it.
        """
        said = {name: getattr(self, name) for name in _SCALARS if getattr(self, name) not in ("", (), None)}
        if self.legal_status == LegalStatus.UNKNOWN:
            said = {name: value for name, value in said.items() if name not in _STATUS}
        return replace(
            held,
            **said,
            parties=_joined(held.parties, self.parties, beside),
            classes=_joined(held.classes, self.classes, beside),
            citations=_union(held.citations, self.citations) if beside else self.citations or held.citations,
        )


_LISTS = ("parties", "classes", "citations")
_STATUS = ("legal_status", "status_source", "status_date", "status_code")
_SCALARS = tuple(each.name for each in fields(PatentRecord) if each.name not in (*_LISTS, "number"))

Pairs = tuple[tuple[str, str], ...]


def _joined(held: Pairs, said: Pairs, beside: bool) -> Pairs:
    """Pairs of (sort, value): the sorts that ``said`` has replace those held, or come ``beside`` them."""
    if beside:
        return _union(held, said)
    sorts = {sort for sort, _value in said}
    return _union(tuple(pair for pair in held if pair[0] not in sorts), said)


def _union(first: tuple[Any, ...], second: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(first + second))
