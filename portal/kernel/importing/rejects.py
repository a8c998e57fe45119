"""The rows that were not taken, kept beside the database so that somebody can mend and bring them again."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True)
class Rejected:
    """A row that could not be taken: where it stands, why, in words, and how it begins."""

    line: int
    reason: str
    excerpt: str = ""


class Rejects:
    """A file of JSON lines ``{"file", "line", "reason", "excerpt"}``, made when there is a first one to write."""

    def __init__(self) -> None:
        self.path: Path | None = None

    def write(self, source: Path, rows: Sequence[Rejected]) -> None:
        """Append ``rows`` of ``source``."""
        if not rows:
            return
        self.path = self.path or _new_file()
        with self.path.open("ab") as stream:
            for row in rows:
                said = {"file": source.name, "line": row.line, "reason": row.reason, "excerpt": row.excerpt}
                stream.write(orjson.dumps(said) + b"\n")


def _new_file() -> Path:
    folder = Path(settings.PORTAL_VAR) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"rejects-{timezone.now():%Y%m%dT%H%M%S}-{secrets.token_hex(3)}.jsonl"
