"""The environment of the peers: ``.venv-bench``, installed from ``requirements-bench.txt``; never the portal's own."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def peer_python() -> Path:
    """The Python that has the peers; ``make bench`` sees to it."""
    python = ROOT / ".venv-bench" / "bin" / "python"
    if not python.exists():
        raise FileNotFoundError("The peers are not installed: start the benches by `make bench`.")
    return python
