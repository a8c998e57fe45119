"""A portal with an embedder beside it."""

from collections.abc import Iterator
from typing import Any

import pytest

from portal.kernel import outbox
from search.semantic import embedders, stores
from tests.servers.embedder import Embedder, temporary_embedder


@pytest.fixture
def embedder(settings: Any) -> Iterator[Embedder]:
    """The endpoint that the portal asks."""
    for kept in (embedders.question, stores._in_memory, stores._served):
        kept.cache_clear()
    with temporary_embedder() as embedder:
        settings.EMBEDDER_URL = embedder.url
        yield embedder


def work() -> None:
    """Let the worker do all there is to do."""
    while outbox.drain().done:
        pass
