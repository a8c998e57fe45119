"""The database's clock, by which deadlines are judged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.db import connection

_shift: ContextVar[timedelta] = ContextVar("shift", default=timedelta(0))


def database_now() -> datetime:
    """The present moment by the database's clock, to the microsecond (milliseconds on SQLite), in UTC.

    Read inside a transaction it is the moment of the call, not of the transaction's start.
    """
    return _ask() + _shift.get()


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Let this context, and no other, live at another time: for demo data, which need a past. Nothing else may."""
    token = _shift.set(by)
    try:
        yield
    finally:
        _shift.reset(token)


def _ask() -> datetime:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            return cursor.fetchone()[0].astimezone(UTC)
        cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
        return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)
