"""Checking a receipt that somebody brings, against itself and against what is on record here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import receipts
from .models import DisclosureReceipt, SubmissionFile, SubmissionVersion


@dataclass(frozen=True)
class Verdict:
    """What became of the check: is it unchanged, was it issued here, and does what is kept here still agree."""

    facts: receipts.Facts
    sha256: str
    intact: bool
    recorded: bool
    kept: tuple[receipts.Finding, ...] = ()

    @property
    def holds(self) -> bool:
        """Nothing speaks against it."""
        return self.intact and self.recorded and all(finding.matches for finding in self.kept)

    def summary(self) -> dict[str, Any]:
        """The verdict in plain values."""
        kept = {finding.subject: finding.matches for finding in self.kept}
        return {"sha256": self.sha256, "intact": self.intact, "recorded": self.recorded, "kept": kept}


def verify(content: bytes) -> Verdict:
    """Check a downloaded receipt. Tells nothing that the receipt does not say itself: only whether it matches.

    Raises ``receipts.Malformed`` for anything that is no receipt.
    """
    facts, claimed = receipts.read(content)
    intact = receipts.is_intact(facts, claimed)
    issued = DisclosureReceipt.objects.filter(sha256=claimed).select_related("version").first() if intact else None
    kept = tuple(_compare(issued.version, facts)) if issued else ()
    return Verdict(facts, claimed, intact, issued is not None, kept)


def _compare(version: SubmissionVersion, facts: receipts.Facts) -> list[receipts.Finding]:
    """What the receipt names against what is kept, text by text and file by file."""
    texts = [
        receipts.Finding(name, receipts.digest(getattr(version, name)) == facts.get(f"{name}_sha256"))
        for name in receipts.TEXTS
    ]
    return texts + [_compare_file(version, entry) for entry in facts.get("files", [])]


def _compare_file(version: SubmissionVersion, entry: dict[str, Any]) -> receipts.Finding:
    """The bytes on disk, hashed anew: the row's own hash would prove nothing."""
    row = SubmissionFile.objects.filter(version=version, name=entry["name"], sha256=entry["sha256"]).first()
    try:
        matches = row is not None and receipts.digest_of(row.file.open("rb")) == entry["sha256"]
    except FileNotFoundError:
        matches = False
    return receipts.Finding(entry["name"], matches)
