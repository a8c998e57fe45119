"""A file as a stream of bounded lines, surveyed once from end to end before anything is written from it."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from django.utils.translation import gettext as _

from portal.kernel.errors import Refused

LONGEST_LINE = 4 * 1024 * 1024
HEAD = 256 * 1024
_CHUNK = 1024 * 1024
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_HARMLESS = 64 * 1024 * 1024
_MOST_INFLATION = 100


@dataclass(frozen=True)
class Source:
    """A file that was read once from end to end and found whole."""

    path: Path
    digest: str
    lines: int
    head: bytes


@dataclass(frozen=True)
class Line:
    """One line, counted from 1. ``content`` is None when it is longer than ``LONGEST_LINE``."""

    number: int
    content: bytes | None


def survey(path: Path) -> Source:
    """Read all of ``path``, packed or not, and tell what it is.

    Raises ``Refused`` when it is empty, damaged, unreadable or unpacks beyond measure: nothing has been written then.
    """
    digest, lines, head, last = hashlib.sha256(), 0, b"", b""
    packed = max(path.stat().st_size, 1)
    size = 0
    with _told_plainly(path), opened(path) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            head = head if len(head) >= HEAD else (head + chunk)[:HEAD]
            lines, last, size = lines + chunk.count(b"\n"), chunk[-1:], size + len(chunk)
            if size > _HARMLESS and size > packed * _MOST_INFLATION:
                raise Refused(_("%(file)s unpacks to far more than its size.") % {"file": path.name}, code="bomb")
    if not head.strip():
        raise Refused(_("%(file)s is empty.") % {"file": path.name}, code="file_empty")
    return Source(path, digest.hexdigest(), lines + (last != b"\n"), head.removeprefix(_BOM))


def lines(source: Source) -> Iterator[Line]:
    """Every line that has something on it. None is ever held beyond ``LONGEST_LINE``."""
    with _told_plainly(source.path), opened(source.path) as stream:
        number = 0
        while part := stream.readline(LONGEST_LINE + 1):
            number += 1
            if len(part) > LONGEST_LINE:
                _skip_rest(stream, part)
                yield Line(number, None)
            elif content := part.removeprefix(_BOM if number == 1 else b"").strip():
                yield Line(number, content)


def _skip_rest(stream: BinaryIO, part: bytes) -> None:
    while part and not part.endswith(b"\n"):
        part = stream.readline(_CHUNK)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of ``path``, unpacked when they are packed by gzip, whatever the file is called."""
    with path.open("rb") as raw:
        packed = raw.read(2) == _GZIP
        raw.seek(0)
        if not packed:
            yield raw
            return
        with gzip.GzipFile(fileobj=raw) as unpacked:
            yield cast(BinaryIO, unpacked)


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Refused(_("%(file)s is damaged: it does not unpack to its end.") % {"file": path.name}) from error
    except OSError as error:
        raise Refused(_("%(file)s cannot be read: %(why)s") % {"file": path.name, "why": error.strerror}) from error
