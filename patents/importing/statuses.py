"""What a publication by itself tells of the legal status: the kind of document an office printed on that day."""

from __future__ import annotations

from patents.enums import LegalStatus
from patents.numbers import APPLICATION, DOCKET, Number

_GRANTED = frozenset("BCEPSTUY")
BY_KIND_CODE = "kind code"


def status_of_publication(number: Number) -> LegalStatus:
    """Granted for a grant's document, pending for an application's, unknown where the kind tells neither."""
    if number.kind in (APPLICATION, DOCKET):
        return LegalStatus.PENDING if number.kind == APPLICATION else LegalStatus.UNKNOWN
    if number.kind[:1] in _GRANTED or _is_american_grant(number):
        return LegalStatus.GRANTED
    if number.kind[:1] == "A" and number.country != "WO":
        return LegalStatus.PENDING
    return LegalStatus.UNKNOWN


def _is_american_grant(number: Number) -> bool:
    """The US numbers grants in one row, applications by year; until 2001 grants were printed as plain ``A``."""
    return number.country == "US" and number.kind in ("", "A") and len(number.document) < 10
