"""Days as sources write them, where the order of day and month needs no guessing."""

from __future__ import annotations

import re
from datetime import date

EARLIEST, LATEST = date(1474, 3, 19), date(2150, 1, 1)
"""The Venetian patent statute, and beyond any term that runs today."""

_YEAR_FIRST = re.compile(r"(\d{4})([-./]?)(\d{1,2})\2(\d{1,2})(?:[T ].*)?$", re.DOTALL)
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})$")


def read_day(text: str) -> date | None:
    """The day that ``text`` names: ``20240417``, ``2011-03-09``, ``2002-8-7``, ``1997.02.28``, ``21.08.2009``.

    None for nothing. Raises ``ValueError`` for what is no day, or no day on which a patent could have a date.
    ``05/01/2018`` is refused: only its source knows which is the month.
    """
    stripped = text.strip()
    if not stripped:
        return None
    if found := _YEAR_FIRST.match(stripped):
        day = date(int(found[1]), int(found[3]), int(found[4]))
    elif found := _DAY_FIRST.match(stripped):
        day = date(int(found[3]), int(found[2]), int(found[1]))
    else:
        raise ValueError(stripped)
    if not EARLIEST <= day <= LATEST:
        raise ValueError(stripped)
    return day
