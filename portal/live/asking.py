"""Asking the database from the event loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from channels.db import database_sync_to_async

P = ParamSpec("P")
T = TypeVar("T")


async def ask(question: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """``question(*args, **named)``, run in one of the loop's threads, with a database connection in order."""
    return await database_sync_to_async(question, thread_sensitive=False)(*args, **named)
