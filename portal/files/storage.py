"""Where private bytes lie, and how they get there whole or not at all.

A process killed while saving must not leave half a file under its final name. So bytes go to a
temporary file on the same file system, are forced to disk, and only then take their name in one
step (`os.replace`).
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils.functional import cached_property

from .names import random_name

INCOMING = "incoming"


class Incoming:
    """A file being received: it has no name yet, and none at all until `keep` gives it one."""

    def __init__(self, handle: IO[bytes], path: Path) -> None:
        self.handle = handle
        self.path = path
        self.size = 0
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The SHA-256 of what has been written so far, as hex."""
        return self._digest.hexdigest()

    def write(self, chunk: bytes) -> None:
        self.handle.write(chunk)
        self._digest.update(chunk)
        self.size += len(chunk)

    def keep(self, target: Path) -> None:
        """Force the bytes to disk and give them their name in one step."""
        self.handle.flush()
        os.fsync(self.handle.fileno())
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.replace(self.path, target)
        _force_folder(target.parent)


class PrivateStorage(FileSystemStorage):
    """Files under `PRIVATE_ROOT`, readable by the server's own user alone, without a URL."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self) -> str:  # read anew: tests move it
        return str(settings.PRIVATE_ROOT)

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    @cached_property
    def base_url(self) -> None:  # type: ignore[override]  # no address but the gate's
        return None

    @contextmanager
    def receive(self) -> Iterator[Incoming]:
        """A temporary file to write to; gone at the end of the block unless it was kept."""
        folder = Path(self.location) / INCOMING
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as handle:
            incoming = Incoming(handle, Path(handle.name))
            try:
                yield incoming
            finally:
                incoming.path.unlink(missing_ok=True)

    def keep(self, incoming: Incoming) -> str:
        """Give received bytes a random name and return it."""
        name = random_name()
        incoming.keep(Path(self.path(name)))
        return name

    def _save(self, name: str, content: File[Any]) -> str:
        with self.receive() as incoming:
            for chunk in content.chunks():
                incoming.write(chunk)
            return self.keep(incoming)


def private_storage() -> PrivateStorage:
    """The storage of every private file (a callable, so that migrations name no folder)."""
    return PrivateStorage()


def _force_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
