"""Receipts: what was filed, told so exactly that nobody can later say it was something else.

A receipt is a JSON document of facts (hashes of every text and file, who, when, under which terms)
and the SHA-256 of those facts in canonical form. Everything here is pure: no database, no clock, so
that a receipt can be checked anywhere, by anyone, with the file alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import orjson

FORMAT = "open-innovation-portal/disclosure-receipt/1"
TEXTS = ("title", "abstract", "body")
LARGEST = 1024 * 1024

Facts = dict[str, Any]


class Malformed(ValueError):
    """The bytes are not a receipt."""


@dataclass(frozen=True)
class Finding:
    """One thing that was compared: what, whether it matches."""

    subject: str
    matches: bool


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, as hex; line ends count as one, however a browser sent them."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def digest_of(handle: IO[bytes]) -> str:
    """SHA-256 of a file's bytes, as hex; closes it."""
    with handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()  # type: ignore[arg-type]


def canonical(facts: Mapping[str, Any]) -> bytes:
    """The one byte sequence that stands for these facts: sorted keys, no blanks, UTF-8."""
    return orjson.dumps(dict(facts), option=orjson.OPT_SORT_KEYS)


def seal(facts: Mapping[str, Any]) -> str:
    """The SHA-256 of the canonical facts: the receipt's own number."""
    return hashlib.sha256(canonical(facts)).hexdigest()


def compose(
    *,
    submission: str,
    challenge: str,
    version: int,
    terms: str,
    texts: Mapping[str, str],
    files: Iterable[tuple[str, int, str]],
    filed_at: datetime,
    filed_by: str,
) -> Facts:
    """The facts of one filing. `terms` is the hash of the accepted terms; a file is (name, bytes, hash)."""
    return {
        "format": FORMAT,
        "submission": submission,
        "challenge": challenge,
        "version": version,
        "terms_sha256": terms,
        **{f"{name}_sha256": digest(texts[name]) for name in TEXTS},
        "files": [{"name": name, "size": size, "sha256": sha256} for name, size, sha256 in files],
        "filed_at": filed_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "filed_by": filed_by,
    }


def sealed(facts: Mapping[str, Any], sha256: str) -> dict[str, Any]:
    """A receipt: the facts, and the hash that seals them."""
    return {"receipt": dict(facts), "sha256": sha256}


def document(facts: Mapping[str, Any], sha256: str) -> bytes:
    """The file that the solver downloads."""
    return orjson.dumps(sealed(facts, sha256), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)


def read(content: bytes) -> tuple[Facts, str]:
    """Facts and claimed hash of a downloaded receipt. Raises Malformed for anything else."""
    try:
        parsed = orjson.loads(content) if len(content) <= LARGEST else None
        facts, claimed = parsed["receipt"], parsed["sha256"]  # type: ignore[index]
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise Malformed("not a receipt") from error
    if not isinstance(facts, dict) or not isinstance(claimed, str) or facts.get("format") != FORMAT:
        raise Malformed("not a receipt of this portal")
    return facts, claimed


def is_intact(facts: Mapping[str, Any], claimed: str) -> bool:
    """Whether the facts are still those that were sealed."""
    return seal(facts) == claimed


def compare_files(facts: Mapping[str, Any], folder: Path) -> list[Finding]:
    """Each file the receipt names against the file of that name in `folder`."""
    return [Finding(entry["name"], _same_bytes(folder / Path(entry["name"]).name, entry)) for entry in facts["files"]]


def _same_bytes(path: Path, entry: Mapping[str, Any]) -> bool:
    return path.is_file() and digest_of(path.open("rb")) == entry["sha256"]
