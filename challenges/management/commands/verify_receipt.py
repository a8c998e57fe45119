"""Check a receipt: is it unchanged, was it issued here, do the files still match."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from challenges import receipts, verification
from portal.kernel.commands import ReportingCommand, UsageError
from portal.kernel.errors import Refused


class Command(ReportingCommand):
    """Exit code 1 when the receipt was changed, or under ``--strict`` when anything else does not match."""

    help = "Verify a disclosure receipt. With --offline it needs no database: the file alone is checked."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="the receipt that was downloaded")
        parser.add_argument("--files", type=Path, metavar="FOLDER", help="compare the filed files with those in FOLDER")
        parser.add_argument("--offline", action="store_true", help="do not look into this portal's records")

    def work(self, **options: Any) -> dict[str, Any]:
        """The verdict in plain values; ``rejected`` counts what does not match."""
        content = self._content(options["file"])
        try:
            found = self._offline(content) if options["offline"] else verification.verify(content).summary()
            compared = self._folder(content, options["files"])
        except receipts.Malformed as error:
            raise Refused(_("This file is not a receipt of this portal."), code="malformed") from error
        if not found["intact"]:
            raise Refused(_("This receipt was changed: its content does not have the hash it claims."), code="changed")
        outcomes = [found.get("recorded", True), *found.get("kept", {}).values(), *compared.values()]
        return {**found, "files": compared, "rejected": outcomes.count(False)}

    def _content(self, path: Path) -> bytes:
        if not path.is_file():
            raise UsageError(f"no such file: {path}")
        with path.open("rb") as handle:
            return handle.read(receipts.LARGEST + 1)

    def _offline(self, content: bytes) -> dict[str, Any]:
        facts, claimed = receipts.read(content)
        return {"sha256": claimed, "intact": receipts.is_intact(facts, claimed)}

    def _folder(self, content: bytes, folder: Path | None) -> dict[str, bool]:
        if folder is None:
            return {}
        if not folder.is_dir():
            raise UsageError(f"no such folder: {folder}")
        facts, _claimed = receipts.read(content)
        return {finding.subject: finding.matches for finding in receipts.compare_files(facts, folder)}
