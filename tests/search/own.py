"""An engine of a test's own, of each sort there is."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from secrets import token_hex

import pytest

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.address import Address
from search.engines.embedded import EmbeddedEngine
from search.engines.port import Engine
from tests.search.notes import NoteDocument


@contextmanager
def embedded(folder: Path) -> Iterator[Engine]:
    """The embedded engine over notes."""
    yield EmbeddedEngine(folder, [NoteDocument])


@contextmanager
def elasticsearch(folder: Path) -> Iterator[Engine]:
    """The engine on Elasticsearch over notes, on indices of its own."""
    with own_indices(os.environ["TEST_ELASTICSEARCH_URL"]) as url:
        yield ElasticsearchEngine(Address.parsed(url), [NoteDocument])


@contextmanager
def own_indices(server: str) -> Iterator[str]:
    """An ``ELASTICSEARCH_URL`` for indices of its own on a server, which are removed afterwards."""
    prefix = f"test-{token_hex(6)}"
    yield f"{server}?prefix={prefix}"
    indices = ElasticsearchEngine(Address.parsed(server), [NoteDocument]).gateway.writing.indices
    if left := list(indices.get(index=f"{prefix}-*")):
        indices.delete(index=left)


ENGINES: dict[str, Callable[[Path], AbstractContextManager[Engine]]] = {
    "embedded": embedded,
    "elasticsearch": elasticsearch,
}
"""Every engine, by name: what joins here runs the same cases."""

EMBEDDED = "embedded"
ELASTICSEARCH = pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)
