"""When a change can be found: asking the engine for it again and again; and the same of the engine by itself."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from secrets import token_hex
from typing import Any

import orjson

from tests.bench.search_page.asking import Asked, answer

PAUSE = 0.01
"""Between two looks, in seconds: whoever looks more often takes from the others what the machine can do."""
PATIENCE = 60.0
AT_A_TIME = 200
NAIVE = {"settings": {"index": {"refresh_interval": "1s", "number_of_replicas": 0}}}
TITLE = {"document": {"title": "A patent of a bench"}}


class Changes:
    """The changes that a writer tells of in a file, and which of them are found already."""

    def __init__(self, told: Path) -> None:
        self._told = told
        self._read = 0
        self.waiting: dict[str, tuple[str, float]] = {}
        self.took: list[float] = []

    def look(self, port: int, index: str) -> None:
        """Read what was committed since, and ask for the oldest that is not found yet."""
        for key, mark, moment in self._fresh():
            self.waiting[key] = (mark, moment)
        asked = [*self.waiting][:AT_A_TIME]
        titles = titles_of(port, index, asked) if asked else {}
        now = time.monotonic()
        for key in asked:
            mark, moment = self.waiting[key]
            if titles.get(key, "").endswith(mark):
                self.took.append(now - moment)
                del self.waiting[key]

    def _fresh(self) -> Iterator[tuple[str, str, float]]:
        lines = self._told.read_text().splitlines(keepends=True) if self._told.exists() else []
        for line in lines[self._read :]:
            if not line.endswith("\n"):
                return
            self._read += 1
            key, mark, moment = line.split()
            yield key, mark, float(moment)


def titles_of(port: int, index: str, keys: Iterable[str]) -> dict[str, str]:
    """The titles under which a search finds these documents."""
    body = {"query": {"ids": {"values": [*keys]}}, "size": AT_A_TIME, "_source": ["document.title"]}
    hits = _answer(port, f"/{index}/_search", body)["hits"]["hits"]
    return {hit["_id"]: hit["_source"]["document"]["title"] for hit in hits}


def at_once(port: int, count: int) -> list[float]:
    """How long an index takes that is told to show each document at once: what cannot be beaten by much."""
    index = f"bench-{token_hex(3)}"
    _put(port, f"/{index}", {"settings": {"index": {"number_of_replicas": 0}}})
    took = []
    for number in range(count):
        began = time.monotonic()
        _put(port, f"/{index}/_doc/{number}?refresh=true", TITLE)
        took.append(time.monotonic() - began)
    return took


def each_second(port: int, count: int) -> list[float]:
    """How long a document waits that is put into an index and left to its refresh of one second, which is the usual."""
    index = f"bench-{token_hex(3)}"
    _put(port, f"/{index}", NAIVE)
    took = []
    for number in range(count):
        began = time.monotonic()
        _put(port, f"/{index}/_doc/{number}", TITLE)
        while str(number) not in titles_of(port, index, [str(number)]):
            time.sleep(PAUSE)
        took.append(time.monotonic() - began)
        time.sleep(0.037 * (number % 9))  # not in step with the refresh
    return took


def _answer(port: int, path: str, body: dict[str, Any]) -> Any:
    return orjson.loads(answer(port, Asked(path, orjson.dumps(body))))


def _put(port: int, path: str, body: dict[str, Any]) -> None:
    answer(port, Asked(path, orjson.dumps(body), "PUT"))
