"""What becomes of search when its server fails: saves go on, pages say so, and afterwards the index is whole.

Cases that end or fill a server have one of their own; the others spoil indices of their own on the server of the lane.
"""

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from challenges.enums import ChallengeState
from challenges.models import Challenge
from portal.kernel import outbox
from portal.kernel.models import OutboxEntry
from search import engines
from search.drain import TOPIC
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.address import Address
from search.engines.port import EngineUnavailable
from search.rebuild import rebuild
from search.requests import SearchRequest
from search.verify import drift
from tests.factories.challenges import ChallengeFactory
from tests.search.notes import NoteDocument, puts, source
from tests.search.own import own_indices
from tests.servers.door import Door, door_before
from tests.servers.elasticsearch import ElasticsearchServer, temporary_elasticsearch

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.elasticsearch,
    pytest.mark.timeout(400),
    pytest.mark.xdist_group("the server that is ended"),
]

NOTICE = "Search is being repaired"


@pytest.fixture(scope="module")
def server() -> Iterator[ElasticsearchServer]:
    """A server that a test may end; it is running again for the next one."""
    with temporary_elasticsearch() as server:
        yield server


@pytest.fixture
def on_own_server(server: ElasticsearchServer, settings: Any) -> Iterator[ElasticsearchServer]:
    """The portal on indices of its own on the server that may be ended."""
    with own_indices(server.url) as settings.ELASTICSEARCH_URL:
        yield server


@pytest.fixture
def portal(settings: Any) -> Iterator[ElasticsearchEngine]:
    """The portal on indices of its own on the server of the lane."""
    with own_indices(os.environ["TEST_ELASTICSEARCH_URL"]) as settings.ELASTICSEARCH_URL:
        yield engines.current()  # type: ignore[misc]


@pytest.fixture
def door(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The portal on indices of its own behind a door, waiting for answers no longer than a moment."""
    monkeypatch.setattr("search.engines.elasticsearch.gateway.READ_SECONDS", 0.3)
    monkeypatch.setattr("search.engines.elasticsearch.gateway.WRITE_SECONDS", 3.0)
    with door_before(os.environ["TEST_ELASTICSEARCH_URL"]) as door, own_indices(door.url) as settings.ELASTICSEARCH_URL:
        yield door


def drain() -> outbox.Drained:
    """Let the worker do what it can, without waiting for what was postponed."""
    OutboxEntry.objects.filter(topic=TOPIC).update(not_before=timezone.now())
    return outbox.drain([TOPIC])


def settle() -> None:
    """Let the worker do all there is to do."""
    while OutboxEntry.objects.filter(topic=TOPIC).exists():
        assert drain().done


def waiting() -> list[tuple[int, bool]]:
    """The tries that were counted against the entries that wait, and whether they were given up."""
    return sorted(set(OutboxEntry.objects.filter(topic=TOPIC).values_list("attempts", "dead")))


def page(query: str) -> str:
    """The results page as a stranger sees it."""
    response = Client().get(f"/search/?q={query}")
    assert response.status_code == 200
    return response.content.decode()


def public_words() -> str:
    """All that lies in the public index, as text."""
    engine: Any = engines.current()
    found = engine.gateway.writing.search(index=engine.names.alias("public"), size=1_000)["hits"]["hits"]
    return str(found)


def our_indices() -> set[str]:
    """The indices of the portal's prefix."""
    engine: Any = engines.current()
    return set(engine.gateway.writing.indices.get(index=f"{engine.names.prefix}-*")) - {engine.names.lease}


def withdraw(challenge: Any) -> None:
    """Make a challenge private."""
    challenge.published_at, challenge.state = None, ChallengeState.DRAFT
    challenge.save()


def test_killed_under_writes_while_people_save(on_own_server: ElasticsearchServer) -> None:
    hidden, renamed, deleted = (ChallengeFactory(title=f"{word} pump") for word in ("Zirconium", "Quiet", "Loud"))
    settle()
    killing = threading.Timer(0.5, on_own_server.kill)
    killing.start()
    while drain().done or not OutboxEntry.objects.filter(topic=TOPIC).exists():
        ChallengeFactory.create_batch(20)
    killing.join()

    withdraw(hidden)
    renamed.title = "Silent pump"
    renamed.save()
    deleted.delete()
    assert drain().done == 0
    assert waiting() == [(0, False)]
    assert NOTICE in page("silent")
    assert "<mark>Silent</mark> pump" in page("silent")
    assert [("Nothing was found" in page(word)) for word in ("zirconium", "loud")] == [True, True]

    on_own_server.start()
    settle()

    found = drift()
    assert (found.keys, found.waiting, found.compared) == ([], 0, found.compared)
    assert found.compared > Challenge.objects.count()
    assert "irconium" not in public_words()
    assert NOTICE in page("pump")  # the breaker rests for half a minute, and
    engines.current().gateway.breaker._open_until = 0.0  # type: ignore[attr-defined]
    assert NOTICE not in page("pump")


def test_killed_in_a_rebuild(on_own_server: ElasticsearchServer, monkeypatch: pytest.MonkeyPatch) -> None:
    ChallengeFactory.create_batch(3, title="Quiet pump")
    rebuild()
    before = our_indices()

    with pytest.raises(EngineUnavailable):
        rebuild(advance=lambda steps: on_own_server.kill())
    challenge = ChallengeFactory(title="Quiet pump")
    assert drain().done == 0
    on_own_server.start()

    assert before < our_indices()
    assert engines.current().search(SearchRequest("quiet")).total == 3
    settle()
    assert [engines.current().search(SearchRequest("quiet")).total, drift().keys] == [4, []]
    withdraw(challenge)
    rebuild()
    assert len(our_indices()) == 2
    assert not our_indices() & before
    assert drift().keys == []


KILLED_REBUILD = """
import django, os, signal
django.setup()
from search import engines
with engines.current().rebuild():
    print("building", flush=True)
    signal.pause()
"""


def test_a_rebuilding_process_that_is_killed_leaves_nothing_to_repair_by_hand(
    portal: ElasticsearchEngine, settings: Any, tmp_path: Path
) -> None:
    challenge = ChallengeFactory(title="Quiet pump")
    rebuild()
    before = our_indices()
    own = {"DJANGO_SETTINGS_MODULE": "portal.settings", "ELASTICSEARCH_URL": settings.ELASTICSEARCH_URL}
    environment = {**os.environ, **own, "PORTAL_VAR": str(tmp_path)}
    killed = subprocess.Popen([sys.executable, "-c", KILLED_REBUILD], env=environment, stdout=subprocess.PIPE)
    assert killed.stdout is not None
    assert killed.stdout.readline() == b"building\n"

    with pytest.raises(EngineUnavailable, match=f"process {killed.pid} "):
        rebuild()
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    challenge.title = "Silent pump"
    challenge.save()
    settle()
    assert (portal.search(SearchRequest("silent")).total, len(our_indices())) == (1, 4)

    rebuild()
    assert (portal.search(SearchRequest("silent")).total, len(our_indices())) == (1, 2)
    assert not our_indices() & before


def test_a_server_that_stalls_is_waited_for_three_times_and_no_more(door: Door) -> None:
    ChallengeFactory(title="Quiet pump")
    settle()
    assert NOTICE not in page("pump")
    door.open.clear()

    assert [NOTICE in page("pump") for _ in range(3)] == [True] * 3
    door.open.set()
    asked = len(door.passed)
    assert [NOTICE in page("pump") for _ in range(3)] == [True] * 3
    assert len(door.passed) <= asked + 3

    ChallengeFactory(title="Silent pump")
    settle()
    assert drift().keys == []


def test_saves_wait_in_the_outbox_while_writes_stall(door: Door) -> None:
    ChallengeFactory(title="Quiet pump")
    settle()
    door.open.clear()

    ChallengeFactory(title="Silent pump")

    assert drain().done == 0
    assert waiting() == [(0, False)]
    door.open.set()
    settle()
    assert drift().keys == []


def test_read_only_when_the_disk_is_nearly_full(portal: ElasticsearchEngine) -> None:
    hidden = ChallengeFactory(title="Zirconium pump")
    settle()
    names = portal.generations.written_to()[0].names
    block = "index.blocks.read_only_allow_delete"
    portal.gateway.writing.indices.put_settings(index=names, settings={block: True})

    ChallengeFactory(title="Quiet pump")
    withdraw(hidden)

    assert drain().done == 0
    assert waiting() == [(0, False)]
    assert "Zirconium" not in page("pump")
    assert portal.health().ready is False
    portal.gateway.writing.indices.put_settings(index=names, settings={block: None})
    settle()
    assert drift().keys == []
    assert "irconium" not in public_words()


def test_an_index_of_a_wrong_mapping_is_not_believed_and_is_replaced_by_the_command(
    portal: ElasticsearchEngine,
) -> None:
    ChallengeFactory(title="Quiet pump")
    settle()
    indices, alias = portal.gateway.writing.indices, portal.names.alias("public")
    serving = portal.generations.written_to()[0]["public"]
    indices.create(index=f"{alias}-by-hand", mappings={"properties": {"title": {"type": "keyword"}}})
    move = [{"remove": {"index": serving, "alias": alias}}, {"add": {"index": f"{alias}-by-hand", "alias": alias}}]
    indices.update_aliases(actions=move)

    ChallengeFactory(title="Silent pump")

    assert NOTICE in page("pump")
    call_command("search_rebuild")
    assert NOTICE not in page("pump")
    settle()
    assert drift().keys == []


def test_an_index_that_was_deleted_is_built_anew_by_the_drain(portal: ElasticsearchEngine) -> None:
    ChallengeFactory(title="Quiet pump")
    settle()
    portal.gateway.writing.indices.delete(index=sorted(our_indices()))
    assert NOTICE in page("pump")

    ChallengeFactory(title="Silent pump")
    settle()

    assert NOTICE not in page("pump")
    assert drift().keys == []


def test_a_row_that_the_server_refuses_is_set_aside_alone(portal: ElasticsearchEngine) -> None:
    """A word longer than the server keeps whole. The row is tried again, and found once it is put right."""
    bad, good = ChallengeFactory(title="Quiet pump"), ChallengeFactory(title="Quiet pump")
    settle()
    type(bad.organisation).objects.filter(pk=bad.organisation_id).update(name="x" * 40_000)
    for challenge in (bad, good):
        challenge.title = "Silent pump"
        challenge.save()

    drained = drain()

    assert (drained.failed, drained.dead, waiting()) == (1, 0, [(1, False)])
    assert [hit.pk for hit in portal.search(SearchRequest("silent")).hits] == [str(good.pk)]
    assert drift(["challenge"]).stale == [f"challenge:{bad.pk}"]
    assert rebuild().rejected == [f"challenge:{bad.pk}"]

    type(bad.organisation).objects.filter(pk=bad.organisation_id).update(name="Acme")
    assert rebuild().rejected == []
    assert drift().keys == []


@pytest.mark.faults
def test_nothing_that_was_acknowledged_is_lost_over_five_kills(server: ElasticsearchServer) -> None:
    """Three writers go on while the server is killed again and again; each notes what it was told is done."""
    with own_indices(server.url) as url:
        engine = ElasticsearchEngine(Address.parsed(url), [NoteDocument])
        with engine.rebuild():
            pass
        acknowledged: dict[str, int] = {}
        for version in range(1, 6):
            with ThreadPoolExecutor() as writers:
                for n in range(3):
                    writers.submit(_write_until_refused, engine, n, version, acknowledged)
                threading.Timer(3, server.kill).start()
            server.start()
            held = {entry.key: entry.version for entry in engine.entries()}
            assert [key for key, known in acknowledged.items() if held.get(key, 0) < known] == []
    assert len(acknowledged) > 1_000


def _write_until_refused(engine: ElasticsearchEngine, writer: int, version: int, acknowledged: dict[str, int]) -> None:
    """Write batch after batch of this version, and note them, until the server is gone."""
    for start in itertools.count(0, 50):
        notes = [source(writer * 1_000_000 + n, f"tin {version}") for n in range(start, start + 50)]
        try:
            engine.write(puts(notes, version))
        except EngineUnavailable:
            return
        acknowledged |= dict.fromkeys((note["key"] for note in notes), version)


FULL: Final = {
    "cluster.routing.allocation.disk.threshold_enabled": True,
    "cluster.routing.allocation.disk.watermark.low": "9999gb",
    "cluster.routing.allocation.disk.watermark.high": "9999gb",
    "cluster.routing.allocation.disk.watermark.flood_stage": "9999gb",
    "cluster.info.update.interval": "10s",
}
"""By these watermarks every disk is full, and the server's own watch makes its indices read-only."""


@pytest.mark.faults
def test_the_servers_own_watch_finds_the_disk_full_and_free_again(on_own_server: ElasticsearchServer) -> None:
    engine: Any = engines.current()
    hidden = ChallengeFactory(title="Zirconium pump")
    settle()

    engine.gateway.writing.cluster.put_settings(persistent=FULL)
    until(lambda: "read_only_allow_delete" in blocks())
    ChallengeFactory(title="Quiet pump")
    withdraw(hidden)
    assert drain().done == 0
    assert (waiting(), "Zirconium" in page("pump"), engine.health().ready) == ([(0, False)], False, False)

    engine.gateway.writing.cluster.put_settings(persistent=dict.fromkeys(FULL))
    until(lambda: "read_only_allow_delete" not in blocks())
    settle()
    assert drift().keys == []
    assert "irconium" not in public_words()


def blocks() -> str:
    """What the server forbids on the portal's indices, as text."""
    engine: Any = engines.current()
    return str(engine.gateway.writing.indices.get_settings(index=f"{engine.names.prefix}-*", name="index.blocks.*"))


def until(holds: Callable[[], bool]) -> None:
    """Wait for what the server does in its own time."""
    for _look in range(600):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come about within a minute")
