"""The manner of all commands: progress on a terminal, a JSON summary last, an exit code that tells."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .errors import Refused

REFUSED, BAD_USAGE = 1, 2


class UsageError(CommandError):
    """The command was called in a way it cannot follow: exit code 2."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=BAD_USAGE)


class ReportingCommand(BaseCommand):
    """A command whose ``work`` returns its summary; the last line of stdout is that summary as JSON.

    Exit codes: 0 done; 1 when ``Refused`` was raised, or when something was refused under ``--strict`` (the
    summary has ``rejected`` above 0); 2 for bad usage.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--strict``; a command that takes more calls this first."""
        parser.add_argument("--strict", action="store_true", help="exit with 1 when anything was refused")

    def work(self, **options: Any) -> dict[str, Any]:
        """Do it, and return the summary."""
        raise UsageError("This command does nothing by itself.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            summary = self.work(**options)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        self.stdout.write(orjson.dumps(summary, default=str).decode())
        if options.get("strict") and summary.get("rejected"):
            sys.exit(REFUSED)

    @contextmanager
    def progress(self, total: int | None, label: str) -> Iterator[Any]:
        """A bar on stderr when it is a terminal, silence otherwise; yields ``advance(steps=1)``."""
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
            task = bar.add_task(label, total=total)
            yield lambda steps=1: bar.advance(task, steps)
