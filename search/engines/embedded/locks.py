"""A lock that every process of the machine shares, as a file."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engines.port import EngineUnavailable

PATIENCE = 30.0


@contextmanager
def held(path: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock for the block; it frees itself when the process dies.

    Raises :class:`EngineUnavailable` when another process or thread keeps it longer than ``patience`` seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        deadline = time.monotonic() + patience
        while not _taken(file.fileno()):
            if time.monotonic() >= deadline:
                raise EngineUnavailable(f"another process holds {path}")
            time.sleep(0.01)
        yield


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
