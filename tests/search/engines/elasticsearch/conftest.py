"""The cases of this folder run on Elasticsearch alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search.engines.elasticsearch import ElasticsearchEngine
from tests.search.own import ELASTICSEARCH, elasticsearch


@pytest.fixture(params=[ELASTICSEARCH])
def empty_engine(tmp_path: Path) -> Iterator[Any]:
    """An engine that has no index yet."""
    with elasticsearch(tmp_path) as engine:
        yield engine


@pytest.fixture
def indices(empty_engine: ElasticsearchEngine) -> Any:
    """The server's own interface to the engine's indices, for changing them behind its back."""
    return empty_engine.gateway.writing.indices
