"""Days in the shapes that sources use."""

from __future__ import annotations

from datetime import date

import pytest

from patents.importing.dates import read_day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20240417", date(2024, 4, 17)),
        ("2011-03-09", date(2011, 3, 9)),
        ("2002-8-7", date(2002, 8, 7)),
        ("1997.02.28", date(1997, 2, 28)),
        ("21.08.2009", date(2009, 8, 21)),
        ("2019-03-18T00:00:00Z", date(2019, 3, 18)),
        ("  ", None),
    ],
)
def test_days_are_read(text: str, expected: date | None) -> None:
    assert read_day(text) == expected


@pytest.mark.parametrize(
    "text", ["2020-13-01", "2021-02-29", "05/01/2018", "0001-01-01", "9999-12-31", "soon", "1" * 99]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_day(text)
