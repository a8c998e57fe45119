"""What a reader yields: records, and rejections with their reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from portal.kernel.importing.rejects import Rejected

from .records import PatentRecord


@dataclass(frozen=True)
class Accepted:
    """A row that could be read; ``line`` is where it stands."""

    line: int
    record: PatentRecord


Row: TypeAlias = Accepted | Rejected


class Unusable(ValueError):
    """A row cannot be taken; the message is the reason shown in the rejects file."""
