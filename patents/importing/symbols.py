"""Classification symbols in one form: ``B01D71/38`` and ``B01D 71/38`` are both ``B01D 71/38``."""

from __future__ import annotations

import re

_FULL = re.compile(r"([A-HY]\d{2}[A-Z])\s*0*(\d{1,4})/(\d{2,6})$")
_BEGINNING = re.compile(r"([A-HY](?:\d{2}[A-Z]?)?)\s*/?$")


def canonical_symbol(text: str) -> str:
    """The symbol as it is stored; a bare subclass (``C02F/``) stays one, and what is no symbol stays as it is."""
    upper = " ".join(text.upper().split())
    if full := _FULL.match(upper):
        return f"{full[1]} {full[2]}/{full[3]}"
    if beginning := _BEGINNING.match(upper):
        return beginning[1]
    return upper
