"""``search_verify`` finds what is wrong with vectors, and mends it."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from search.engines import current
from search.engines.elasticsearch import ElasticsearchEngine
from search.models import DocumentVector, VersionCounter
from search.rebuild import rebuild
from search.semantic import embedders, stores
from search.semantic.tasks import embed_missing
from search.semantic.verify import VectorDrift, repair, vector_drift
from tests.factories.challenges import ChallengeFactory
from tests.factories.patents import PatentFactory
from tests.search.working import work
from tests.servers.embedder import Embedder

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def portal(portal_engine: str, embedder: Embedder) -> None:
    """The editorial pages that the migrations made have their vectors too."""
    rebuild()
    embed_missing()
    work()


def present() -> Any:
    embedder = embedders.current()
    assert embedder is not None
    return embedder


def found() -> VectorDrift:
    return vector_drift(present())


def test_each_sort_of_drift_is_found_and_mended() -> None:
    missing, stale, ghost = ChallengeFactory(), ChallengeFactory(), PatentFactory()
    work()
    assert found().keys == []
    DocumentVector.objects.filter(key=f"challenge:{missing.pk}").delete()
    type(stale).objects.filter(pk=stale.pk).update(title="Changed past everybody")
    type(ghost).objects.filter(pk=ghost.pk).delete()

    drift = found()
    told = (drift.missing, drift.stale, drift.surplus)
    assert told == ([f"challenge:{missing.pk}"], [f"challenge:{stale.pk}"], [f"patent:{ghost.pk}"])
    assert repair(drift, present()) == 3
    work()

    assert found().keys == []


def test_what_is_no_longer_public_is_surplus() -> None:
    challenge = ChallengeFactory()
    work()
    type(challenge).objects.filter(pk=challenge.pk).update(published_at=None, state="draft")

    assert found().surplus == [f"challenge:{challenge.pk}"]


def test_a_store_that_lost_or_kept_something_is_filled_anew(portal_engine: str) -> None:
    """In memory nothing can go astray: it is read from the rows."""
    lost = ChallengeFactory()
    work()
    if isinstance(current(), ElasticsearchEngine):
        row = DocumentVector.objects.get(key=f"challenge:{lost.pk}")
        withdrawn = DocumentVector(key=row.key, kind=row.kind, model=row.model, version=VersionCounter.draw())
        stores.store_for(present()).put([withdrawn])
        assert found().astray == [row.key]
        assert repair(found(), present()) == 1

    assert found().keys == []


def test_a_store_that_kept_what_the_database_has_lost_altogether_is_emptied() -> None:
    ChallengeFactory()
    work()
    DocumentVector.objects.all().delete()

    before = found()
    repair(before, present())

    assert bool(before.astray) == isinstance(current(), ElasticsearchEngine)
    assert found().astray == []


def test_the_command_tells_of_vectors_beside_documents() -> None:
    challenge = ChallengeFactory()
    work()
    DocumentVector.objects.filter(key=f"challenge:{challenge.pk}").delete()

    out = StringIO()
    call_command("search_verify", stdout=out)
    told = json.loads(out.getvalue().splitlines()[-1])

    vectors = told["vectors"]
    assert (vectors["missing"], told["missing"]) == (1, 0)
    assert told["rejected"] == vectors["missing"] + vectors["astray"]
    assert vectors["examples"]["missing"] == [f"challenge:{challenge.pk}"]
