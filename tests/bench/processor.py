"""How much CPU processes have used, from ``/proc``: what is left of a figure when the machine is busy with others."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time of these processes, of all that they started, and of those of them that have ended."""
    return sum(_used(pid) for pid in families(pids)) * TICK


def families(pids: Iterable[int]) -> set[int]:
    """These processes and all their descendants that are alive."""
    parents = {pid: _parent(pid) for pid in _everybody()}
    found = {pid for pid in pids if pid in parents}
    while born := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= born
    return found


def _everybody() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _parent(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def _used(pid: int) -> int:
    """Ticks of the process itself, and of its children that ended and were waited for."""
    return sum(map(int, _stat(pid)[11:15]))


def _stat(pid: int) -> list[str]:
    """The fields after the program's name, which may hold anything; none once the process has gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
