"""The portal's own plain schema: one JSON object a line, packed by gzip or not.

    pub                number in any shape (``numbers.parse``); kind: its kind code when apart
    serial, reference  application number and the owner's docket, for what has no publication number
    title, abstract, lang, claims, inventors, applicants, assignees, citations, ipc, cpc
    filing_date, publication_date, priority_date, grant_date, expiration
    set, licence       where the record is from and on what terms; redistributable: false keeps it out
    family             the source's own name of the patent family

Every field but one that names the patent may be absent or null; unknown fields are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

from patents.enums import LegalStatus, PartyRole, Scheme
from patents.numbers import NotANumber, Number, of_application, of_docket, parse
from portal.kernel.importing.sources import LONGEST_LINE, Line, Source, lines

from .families import family_key
from .fields import Fields
from .records import PatentRecord
from .rows import Accepted, Rejected, Row, Unusable
from .statuses import BY_KIND_CODE, status_of_publication
from .symbols import canonical_symbol
from .texts import excerpt

NAME = "jsonl"
_NAMED = re.compile(rb'"(?:pub|reference|serial)"\s*:')


def recognises(head: bytes) -> bool:
    """JSON objects that have a field to name a patent by."""
    return head.lstrip()[:1] == b"{" and _NAMED.search(head) is not None


def read(source: Source) -> Iterator[Row]:
    """A row for every line that is not blank."""
    for line in lines(source):
        try:
            yield Accepted(line.number, to_record(_object_on(line)))
        except Unusable as reason:
            yield Rejected(line.number, str(reason), excerpt(line.content or b""))


def _object_on(line: Line) -> dict[str, Any]:
    if line.content is None:
        raise Unusable(f"the line is longer than {LONGEST_LINE // 1024 // 1024} MB")
    try:
        value = orjson.loads(line.content)
    except orjson.JSONDecodeError as error:
        raise Unusable(f"not JSON: {error.msg}") from None
    if not isinstance(value, dict):
        raise Unusable("not a JSON object")
    return value


def to_record(raw: dict[str, Any]) -> PatentRecord:
    """The record that ``raw`` tells. Raises ``Unusable`` with the reason when it cannot be taken."""
    fields = Fields(raw)
    if not fields.flag("redistributable", absent=True):
        raise Unusable("its terms do not allow it to be shown")
    number = _number(fields)
    abstract = fields.text("abstract", 20_000)
    published, granted = fields.day("publication_date"), fields.day("grant_date")
    status = LegalStatus.GRANTED if granted else status_of_publication(number)
    return PatentRecord(
        number=number,
        source=fields.text("set", 40) or NAME,
        source_licence=fields.text("licence", 200),
        title=fields.text("title", 1000),
        abstract=abstract,
        language=fields.text("lang", 10).lower(),
        claims=fields.texts("claims", 100_000),
        application_number=_application(fields),
        family_key=family_key(
            number, family=fields.text("family", 200), docket=fields.text("reference", 40), abstract=abstract
        ),
        legal_status=status,
        status_source=BY_KIND_CODE if status != LegalStatus.UNKNOWN else "",
        status_date=granted or published,
        status_code=number.kind if number.is_published else "",
        priority_date=fields.day("priority_date"),
        filing_date=fields.day("filing_date"),
        publication_date=published,
        grant_date=granted or _american_grant(number, status, published),
        expiry_date=fields.day("expiration"),
        parties=_parties(fields),
        classes=_classes(fields),
        citations=fields.texts("citations", 120),
    )


def _number(fields: Fields) -> Number:
    """The publication number; without one the application's serial; without that the owner's docket."""
    printed, serial, docket = fields.text("pub", 60), fields.text("serial", 40), fields.text("reference", 40)
    try:
        return parse(printed, kind=fields.text("kind", 4))
    except NotANumber:
        pass
    if not docket and not serial:
        raise Unusable(f"its number cannot be read: {printed!r}" if printed else "it has no number")
    return _unpublished(printed[:2].upper(), serial, docket)


def _unpublished(country: str, serial: str, docket: str) -> Number:
    office = country if country.isalpha() and len(country) == 2 else "US"
    try:
        return of_application(office, serial)
    except NotANumber:
        try:
            return of_docket(office, docket)
        except NotANumber:
            raise Unusable("it has neither a number nor a docket that can be read") from None


def _application(fields: Fields) -> str:
    return fields.text("serial", 40) if any(sign in "123456789" for sign in fields.text("serial", 40)) else ""


def _american_grant(number: Number, status: LegalStatus, published: Any) -> Any:
    """The US prints a grant on the day it grants."""
    return published if number.country == "US" and status == LegalStatus.GRANTED else None


def _parties(fields: Fields) -> tuple[tuple[str, str], ...]:
    named = (("applicants", PartyRole.APPLICANT), ("inventors", PartyRole.INVENTOR), ("assignees", PartyRole.OWNER))
    return tuple((role.value, name) for field, role in named for name in fields.texts(field, 300))


def _classes(fields: Fields) -> tuple[tuple[str, str], ...]:
    symbols = ((scheme.value, canonical_symbol(text)) for scheme in Scheme for text in fields.texts(scheme.value, 24))
    return tuple(dict.fromkeys(symbols))
