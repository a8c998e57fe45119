"""Which shapes of files are known: one entry here a reader; ``--format auto`` asks each whether it knows the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.kernel.errors import Refused
from portal.kernel.importing.sources import Source

from . import plain_jsonl
from .rows import Row

AUTO = "auto"


@dataclass(frozen=True)
class Reader:
    """``recognises`` judges the beginning of a file; ``read`` yields one row per record, good or bad, in order."""

    name: str
    recognises: Callable[[bytes], bool]
    read: Callable[[Source], Iterator[Row]]


READERS = {reader.name: reader for reader in (Reader(plain_jsonl.NAME, plain_jsonl.recognises, plain_jsonl.read),)}


def reader_for(source: Source, name: str = AUTO) -> Reader:
    """The reader called ``name``, or with ``auto`` the one that knows this file. ``Refused`` when none does."""
    if name != AUTO:
        return READERS[name]
    for reader in READERS.values():
        if reader.recognises(source.head):
            return reader
    known = ", ".join(READERS)
    raise Refused(
        _("%(file)s has none of the known formats (%(known)s).") % {"file": source.path.name, "known": known},
        code="format_unknown",
    )
