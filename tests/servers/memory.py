"""Where test data lie: in memory where there is enough of it, since all of it is thrown away."""

from __future__ import annotations

import shutil
from pathlib import Path

NEEDED = 2_000_000_000
"""Bytes that must be free: less than half of it is ever used."""


def place_in_memory() -> str | None:
    """A folder whose files never reach the disk; None, for the usual place, where memory is short."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > NEEDED else None
