"""Which publications are of one invention."""

from __future__ import annotations

import hashlib
import re

from patents.numbers import Number

_DOCKET = re.compile(r"([A-Z]{2,5})-?(\d{3}-?\d{2,3}|\d{4,6})")
COMPARED = 300


def family_key(number: Number, *, family: str = "", docket: str = "", abstract: str = "") -> str:
    """A key that publications of one invention share.

    In this order: the source's own family; the owner's docket without its continuations (``LAR-17502-1-CON`` belongs
    to ``LAR-17502``); the abstract, which members of a family have in common and others have not; else the document,
    so that an application and its grant under the same number stay together.
    """
    if family:
        return _hashed("family", family.strip().upper())
    if based := _DOCKET.match(docket.strip().upper()):
        return f"docket:{based[1]}-{based[2].replace('-', '')}"
    words = re.sub(r"\W+", "", abstract.casefold())[:COMPARED]
    if len(words) >= COMPARED // 4:
        return _hashed("abstract", words)
    return f"document:{number.country}-{number.document}"


def _hashed(sort: str, text: str) -> str:
    return f"{sort}:{hashlib.sha256(text.encode()).hexdigest()[:20]}"
