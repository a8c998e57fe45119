"""Classification symbols in one form."""

from __future__ import annotations

import pytest

from patents.importing.symbols import canonical_symbol


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("B01D71/38", "B01D 71/38"),
        ("B01D 71/38", "B01D 71/38"),
        ("a61k  038/43", "A61K 38/43"),
        ("B62B 2202/70", "B62B 2202/70"),
        ("C02F/", "C02F"),
        ("B01", "B01"),
        ("D24-01", "D24-01"),
    ],
)
def test_canonical_symbol(printed: str, expected: str) -> None:
    assert canonical_symbol(printed) == expected
