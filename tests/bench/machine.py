"""What the machine was and did while a bench ran: a figure without it says nothing."""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path


def facts() -> str:
    """One line: when, on what, and how busy the machine was."""
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    memory = _field("/proc/meminfo", r"MemTotal:\s+(\d+)")
    processor = _field("/proc/cpuinfo", r"model name\s*:\s*(.+)") or platform.machine()
    parts = (
        when,
        f"{os.cpu_count()} × {processor}",
        f"{int(memory or 0) / 1024**2:.0f} GB",
        f"Linux {platform.release()}" if platform.system() == "Linux" else platform.system(),
        f"CPython {platform.python_version()}",
        f"load {os.getloadavg()[0]:.1f} before it began",
    )
    return " · ".join(parts)


def _field(path: str, pattern: str) -> str:
    try:
        found = re.search(pattern, Path(path).read_text())
    except FileNotFoundError:
        return ""
    return found[1].strip() if found else ""
