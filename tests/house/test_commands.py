"""The commands: each explains itself, and what the Makefile offers works."""

from __future__ import annotations

import subprocess

import pytest
from django.core.management import get_commands, load_command_class

from portal.kernel.commands import ReportingCommand
from tests.house.sources import ROOT

OURS = sorted(
    (name, app)
    for name, app in get_commands().items()
    if str(app).split(".")[0] in ("portal", "challenges", "patents", "search")
)


@pytest.mark.parametrize(("name", "app"), OURS)
def test_command_explains_itself_and_reports(name: str, app: str) -> None:
    command = load_command_class(app, name)
    assert isinstance(command, ReportingCommand)
    assert command.help


def test_make_alone_lists_the_targets() -> None:
    told = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = {line.split()[1] for line in told.splitlines() if line.strip().startswith("make ")}
    assert listed == {
        "run",
        "up",
        "test",
        "test-fast",
        "test-faults",
        "bench",
        "bench-relevance",
        "check",
        "lock",
        "clean",
        "help",
    }
