"""Asking by HTTP, on connections that are kept: the same client for the page, its peer and the engine itself."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection

from tests.servers.ports import LOOPBACK

PATIENCE = 30


@dataclass(frozen=True)
class Asked:
    """One request: an address, what is sent along, and how; without a verb, as is usual."""

    path: str
    body: bytes | None = None
    verb: str = ""


def answer(port: int, asked: Asked) -> bytes:
    """What is answered to one request."""
    with closing(HTTPConnection(LOOPBACK, port, timeout=PATIENCE)) as connection:
        return _answered(connection, asked)


def latencies(port: int, requests: Sequence[Asked], visitors: int) -> tuple[float, ...]:
    """How long each request took, ``visitors`` of them under way at a time. Raises when one is not answered well."""
    waiting: queue.SimpleQueue[Asked] = queue.SimpleQueue()
    for asked in requests:
        waiting.put(asked)
    taken: list[float] = []
    failed: list[Exception] = []

    def visit() -> None:
        try:
            taken.extend(_visited(port, waiting))
        except Exception as error:  # told by the thread that started this one
            failed.append(error)

    threads = [threading.Thread(target=visit) for _ in range(visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return tuple(taken)


def _visited(port: int, waiting: queue.SimpleQueue[Asked]) -> Iterator[float]:
    with closing(HTTPConnection(LOOPBACK, port, timeout=PATIENCE)) as connection:
        while True:
            try:
                asked = waiting.get_nowait()
            except queue.Empty:
                return
            began = time.perf_counter()
            _answered(connection, asked)
            yield time.perf_counter() - began


def _answered(connection: HTTPConnection, asked: Asked) -> bytes:
    method, headers = ("GET", {}) if asked.body is None else ("POST", {"Content-Type": "application/json"})
    connection.request(asked.verb or method, asked.path, asked.body, headers)
    response = connection.getresponse()
    read = response.read()
    if response.status not in (200, 201):
        raise RuntimeError(f"{asked.path}: {response.status} {read[:500]!r}")
    return read
