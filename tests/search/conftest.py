"""An index of its own for every test of search, and the engines that the cases run on."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search.engines.port import Engine
from search.semantic import embedders, stores
from tests.search.notes import NOTES, puts
from tests.search.own import ELASTICSEARCH, EMBEDDED, ENGINES, own_indices
from tests.servers.embedder import Embedder, temporary_embedder

EVERY_ENGINE = [EMBEDDED, ELASTICSEARCH]


@pytest.fixture(params=EVERY_ENGINE)
def empty_engine(request: Any, tmp_path: Path) -> Iterator[Engine]:
    """An engine that has no index yet."""
    with ENGINES[request.param](tmp_path / "engine") as engine:
        yield engine


@pytest.fixture(params=EVERY_ENGINE, scope="module")
def kept_engine(request: Any, tmp_path_factory: Any) -> Iterator[Engine]:
    """An engine for the cases of a module that change nothing."""
    with ENGINES[request.param](tmp_path_factory.mktemp("engine")) as engine:
        yield engine


@pytest.fixture
def engine(empty_engine: Engine) -> Engine:
    """An engine with an empty index."""
    with empty_engine.rebuild():
        pass
    return empty_engine


@pytest.fixture(scope="module")
def filled(kept_engine: Engine) -> Engine:
    """An engine with notes, which no case changes."""
    with kept_engine.rebuild() as fresh:
        fresh.write(puts(NOTES))
    return kept_engine


@pytest.fixture
def changing(engine: Engine) -> Engine:
    """An engine with notes of its own for each case."""
    engine.write(puts(NOTES))
    return engine


@pytest.fixture(autouse=True)
def own_index(settings: Any, tmp_path: Path) -> None:
    """Keep the portal's own index in the test's folder."""
    settings.PORTAL_VAR = tmp_path / "var"


@pytest.fixture(params=EVERY_ENGINE)
def portal_engine(request: Any, settings: Any, own_index: None) -> Iterator[str]:
    """The portal on each engine in turn."""
    if request.param == EMBEDDED:
        yield request.param
    else:
        with own_indices(os.environ["TEST_ELASTICSEARCH_URL"]) as settings.ELASTICSEARCH_URL:
            yield request.param


@pytest.fixture
def embedder(settings: Any) -> Iterator[Embedder]:
    """The endpoint that the portal asks for vectors."""
    for kept in (embedders.question, stores._in_memory, stores._served):
        kept.cache_clear()
    with temporary_embedder() as embedder:
        settings.EMBEDDER_URL = embedder.url
        yield embedder
