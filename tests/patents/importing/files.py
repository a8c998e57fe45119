"""Files written in the shapes of the real ones, for the tests of importing."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

GRANT: dict[str, Any] = {
    "set": "uspto_xml",
    "redistributable": True,
    "pub": "US7521044B2",
    "title": "Valve for a pump",
    "abstract": "A valve that opens by itself, closes by itself, and tells both; it needs no spring and wears little.",
    "lang": "en",
    "assignees": ["Pumps & Valves Ltd"],
    "inventors": ["Ada Turner", "Bo Li"],
    "filing_date": "2006-08-01",
    "publication_date": "2009-04-21",
    "ipc": ["F16K 15/00"],
    "cpc": ["F16K15/02", "F16K 15/02"],
    "citations": ["US4218478A", "WOWO95/11994", "Anon., Valves, 1990"],
    "claims": ["1. A valve.", "2. The valve of claim 1."],
}
UNPUBLISHED: dict[str, Any] = {
    "set": "nasa",
    "redistributable": True,
    "pub": None,
    "reference": "LAR-17502-1-CON",
    "serial": "14/021,325",
    "title": "Flame holder",
    "abstract": "",
    "lang": "en",
    "assignees": ["NASA LaRC"],
    "expiration": "2027-09-25",
}
MEMBRANE: dict[str, Any] = {
    "set": "membranes",
    "licence": "CC BY 4.0",
    "pub": "EP3243562B1",
    "title": "Better membranes",
    "abstract": "",
    "lang": "en",
    "assignees": ["Wasser AG"],
    "publication_date": "2022-01-05",
    "filing_date": None,
    "ipc": ["B01D67/00", "C02F/"],
}


def lines(*records: object) -> bytes:
    """Records as JSON lines; bytes and texts go in as they are."""
    return b"".join((_line(record) + b"\n") for record in records)


def _line(record: object) -> bytes:
    if isinstance(record, bytes):
        return record
    return record.encode() if isinstance(record, str) else json.dumps(record, ensure_ascii=False).encode()


def written(folder: Path, *records: object, name: str = "patents.jsonl", packed: bool = False) -> Path:
    """A file of ``records`` in ``folder``."""
    content = lines(*records)
    path = folder / name
    path.write_bytes(gzip.compress(content) if packed else content)
    return path
