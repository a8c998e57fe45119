"""Rows out of CSV, JSONL and their gzipped forms, one at a time; hostile bytes are a row that is refused."""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

LONGEST_LINE = 2_000_000


class Unreadable(ValueError):
    """A row, or the rest of a file, that nobody can read; the words say why."""


def rows_of(path: Path) -> Iterator[dict[str, Any] | Unreadable]:
    """Each row as a dict, or as the reason why it is none. A file that breaks off ends with a reason."""
    opener = gzip.open if path.suffix == ".gz" else open
    is_csv = ".csv" in path.suffixes
    try:
        with opener(path, "rt", encoding="utf-8-sig", errors="replace", newline="") as text:
            yield from _csv_rows(text) if is_csv else _json_rows(text)
    except (OSError, EOFError, zlib.error, csv.Error) as error:
        yield Unreadable(f"the file breaks off: {type(error).__name__}")


def _csv_rows(text: IO[str]) -> Iterator[dict[str, Any]]:
    for row in csv.DictReader(text):
        yield {key: value for key, value in row.items() if key and isinstance(value, str)}


def _json_rows(text: IO[str]) -> Iterator[dict[str, Any] | Unreadable]:
    while line := text.readline(LONGEST_LINE):
        if line.strip():
            yield _json_row(line)


def _json_row(line: str) -> dict[str, Any] | Unreadable:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return Unreadable("not JSON")
    return row if isinstance(row, dict) else Unreadable("not an object")
