"""Vectors are made of public texts, once, in the background; and go with what is withdrawn."""

from pathlib import Path
from typing import Any

import numpy
import pytest
from django.core.management import call_command

from portal.kernel import outbox
from portal.kernel.models import OutboxEntry
from search import engines
from search.engines.elasticsearch import ElasticsearchEngine
from search.models import DocumentVector
from search.rebuild import rebuild
from search.semantic import embedders, stores
from search.semantic.passages import KINDS, LONGEST, passages
from search.semantic.tasks import TOPIC, embed_missing
from search.semantic.vectors import unpacked
from tests.factories.accounts import UserFactory
from tests.factories.challenges import ChallengeFactory, SubmissionFactory
from tests.factories.discussions import MessageFactory
from tests.search.working import work
from tests.servers.embedder import Embedder, vector_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal(portal_engine: str, embedder: Embedder) -> Embedder:
    rebuild()
    return embedder


def nearest(text: str, kind: str = "challenge", most: int = 5) -> list[str]:
    embedder = embedders.current()
    assert embedder is not None
    found = stores.store_for(embedder).nearest(embedder.query(text), [kind], most)
    return [near.key for near in found.get(kind, ())]


def _times(embedder: Embedder, words: str) -> int:
    """How often a text with these words was embedded."""
    return sum(words in text for text in embedder.texts)


def test_only_what_everybody_may_read_is_given_to_the_embedder(embedder: Embedder) -> None:
    rebuild()
    ChallengeFactory(title="Open need")
    ChallengeFactory(title="Secret need", state="draft", published_at=None, confidential_part="Secret part")
    SubmissionFactory(title="Secret answer", abstract="Secret", body="Secret")
    MessageFactory(text="Secret talk")
    UserFactory(display_name="Secret person", profile__is_public=False)
    work()

    assert any("Open need" in text for text in embedder.texts)
    assert [text for text in embedder.texts if "Secret" in text] == []
    assert set(embedder.keys) == {"Bearer secret"}


def test_a_text_is_embedded_once_and_again_only_when_it_changes(embedder: Embedder) -> None:
    rebuild()
    challenge = ChallengeFactory(title="Quiet pump", summary="", problem="")
    work()
    made = _times(embedder, "Quiet pump")

    challenge.state = "closed"
    challenge.save()
    work()
    assert (made, _times(embedder, "Quiet pump")) == (1, 1)

    challenge.title = "Silent pump"
    challenge.save()
    work()
    [text] = [text for text in embedder.texts if "Silent pump" in text]
    [row] = DocumentVector.objects.filter(key=f"challenge:{challenge.pk}")
    wanted = numpy.array(vector_of(text))
    assert numpy.allclose(unpacked([row])[0], wanted / numpy.linalg.norm(wanted), atol=0.001)


def test_the_nearest_of_each_kind_come_first_and_what_is_withdrawn_goes(portal: Embedder) -> None:
    pump = ChallengeFactory(title="Quiet pump", summary="", problem="")
    membrane = ChallengeFactory(title="Membrane", summary="", problem="")
    work()
    keys = [f"challenge:{each.pk}" for each in (pump, membrane)]
    assert nearest("水泵") == keys
    assert nearest("水泵", most=1) == keys[:1]

    pump.published_at, pump.state = None, "draft"
    pump.save()
    work()
    assert nearest("水泵") == keys[1:]

    pk = membrane.pk
    membrane.delete()
    work()
    assert nearest("水泵") == []
    assert not DocumentVector.objects.get(key=f"challenge:{pk}").vector


def test_what_was_there_before_the_embedder_is_made_up_for(portal: Embedder, settings: Any) -> None:
    url, settings.EMBEDDER_URL = settings.EMBEDDER_URL, ""
    challenge = ChallengeFactory(title="Quiet pump", summary="", problem="")
    hidden = ChallengeFactory(state="draft", published_at=None)
    work()
    assert not OutboxEntry.objects.filter(topic=TOPIC).exists()
    settings.EMBEDDER_URL = url

    assert embed_missing() > 0
    work()

    assert nearest("水泵") == [f"challenge:{challenge.pk}"]
    assert embed_missing() == 0, "what is not public has been looked at too"
    assert not DocumentVector.objects.get(key=f"challenge:{hidden.pk}").vector


def test_another_embedder_makes_its_own(portal: Embedder, settings: Any) -> None:
    challenge = ChallengeFactory(title="Quiet pump", summary="", problem="")
    work()
    settings.EMBEDDER_URL += "&dimensions=64"
    assert nearest("水泵") == []

    embed_missing()
    work()

    assert nearest("水泵") == [f"challenge:{challenge.pk}"]
    assert DocumentVector.objects.filter(key=f"challenge:{challenge.pk}").count() == 2


def test_an_embedder_that_is_away_costs_no_attempt_and_keeps_nothing_else_waiting(embedder: Embedder) -> None:
    rebuild()
    work()
    embedder.status = 503
    ChallengeFactory(title="Quiet pump")

    drained = outbox.drain()

    assert drained.done > 0
    waiting = OutboxEntry.objects.exclude(dead=True)
    assert {(each.topic, each.attempts) for each in waiting} == {(TOPIC, 0)}
    assert "Quiet" not in " ".join(waiting.values_list("last_error", flat=True))
    assert TOPIC in outbox.topics(slow=True)
    assert TOPIC not in outbox.topics(slow=False)


def test_rebuilding_fills_the_store_anew_without_embedding_again(portal: Embedder) -> None:
    challenge = ChallengeFactory(title="Quiet pump", summary="", problem="")
    work()
    asked = len(portal.asked)
    if isinstance(engine := engines.current(), ElasticsearchEngine):
        indices = engine.gateway.writing.indices
        indices.delete(index=list(indices.get(index=f"{engine.names.prefix}-meaning-*")))
        assert nearest("水泵") == []
        asked += 1

    call_command("search_rebuild")

    assert nearest("水泵") != []
    assert len(portal.asked) == asked + 1, "the question alone"
    challenge.title = "Membrane"
    challenge.save()
    work()
    assert nearest("膜") == [f"challenge:{challenge.pk}"]


@pytest.mark.parametrize(
    "spoilt", [b"no json", b"{}", b'{"data": []}', b'{"data": [{"index": 0, "embedding": [0, 0]}]}', b'{"data": [7]}']
)
def test_an_answer_that_makes_no_sense_is_no_answer(embedder: Embedder, spoilt: bytes) -> None:
    embedder.spoilt = spoilt
    asked = embedders.current()
    assert asked is not None

    with pytest.raises(embedders.EmbedderUnavailable):
        asked.query("quiet")


def test_an_embedder_that_is_not_there_is_said_to_be_away(settings: Any, embedder: Embedder) -> None:
    settings.EMBEDDER_URL = "http://127.0.0.1:9/v1/embeddings"
    asked = embedders.current()
    assert asked is not None

    with pytest.raises(embedders.EmbedderUnavailable, match="cannot be reached"):
        asked.passages(["quiet"])


def test_prefixes_and_dimensions_are_passed_on(settings: Any, embedder: Embedder) -> None:
    settings.EMBEDDER_URL += "&query_prefix=query:+&passage_prefix=passage:+&dimensions=64"
    asked = embedders.current()
    assert asked is not None

    asked.query("quiet")
    asked.passages(["pump", "membrane"])

    assert embedder.texts == ["query: quiet", "passage: pump", "passage: membrane"]
    assert embedder.asked[0] == {"model": "words", "dimensions": 64, "input": ["query: quiet"]}


def test_each_kind_that_has_vectors_has_one_document_and_a_text_of_bounded_length() -> None:
    challenge = ChallengeFactory(problem="x" * 10_000)

    [passage] = passages("challenge", [str(challenge.pk)])

    assert len(passage.text) <= LONGEST
    assert all(next(iter(passages(kind, [])), None) is None for kind in KINDS)


def test_the_small_model_knows_three_languages(tmp_path: Path) -> None:
    """The real one: what means the same is nearer than what does not, across languages."""
    model = embedders.LocalEmbedder()
    needs = ["A water pump that makes no noise", "Dyeing cotton without water", "A battery that works in the cold"]
    vectors = model.passages(needs)

    for question in ("тихий водяной насос", "静音水泵", "quiet pump"):
        likeness = vectors @ model.query(question)
        assert likeness.argmax() == 0
        assert likeness[0] > model.floor
