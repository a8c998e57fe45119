"""Doing things at another time, so that the demo has a past whose dates agree everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone

from portal.kernel import clock


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let both clocks, the database's and Django's, say ``moment``. Only while nothing else runs in the process."""
    real = timezone.now
    timezone.now = lambda: moment
    try:
        with clock.shifted(moment - real()):
            yield
    finally:
        timezone.now = real
