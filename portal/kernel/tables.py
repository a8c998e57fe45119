"""Tables that leave the portal as CSV: UTF-8, and no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from defusedcsv import csv

MARK: Final = "\ufeff"
"""By which spreadsheets know that it is UTF-8."""


class _Line:
    """What the writer writes to: it gives each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(header: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of a table, one after another as ``rows`` yields them."""
    writer = csv.writer(_Line())
    yield MARK + writer.writerow(list(header))
    for row in rows:
        yield writer.writerow(list(row))
