"""Rebuilding and verifying, by their functions and by their commands."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.kernel import outbox
from portal.kernel.models import OutboxEntry
from search import engines
from search.documents.challenges import ChallengeDocument
from search.drain import TOPIC
from search.engines.port import Delete
from search.models import VersionCounter
from search.rebuild import rebuild
from search.requests import SearchRequest
from search.verify import drift, repair
from tests.factories.accounts import OrganisationFactory
from tests.factories.challenges import ChallengeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_engine")]


def settle() -> None:
    while outbox.drain([TOPIC]):
        pass


def total(text: str) -> int:
    return engines.current().search(SearchRequest(text)).total


def command(name: str, *args: str, **options: Any) -> dict[str, Any]:
    """Run a command and read the summary on the last line of its output."""
    out = StringIO()
    call_command(name, *args, stdout=out, **options)
    summary: dict[str, Any] = json.loads(out.getvalue().splitlines()[-1])
    return summary


def test_a_rebuild_writes_every_kind_and_leaves_no_drift() -> None:
    ChallengeFactory()

    summary = command("search_rebuild")

    assert (summary["written"]["challenge"], summary["rejected"]) == (1, 0)
    found = drift()
    assert (found.keys, found.compared) == ([], sum(summary["written"].values()))


def test_a_rebuild_of_one_kind_drops_what_is_left_over_of_it() -> None:
    challenge, organisation = ChallengeFactory(), OrganisationFactory()
    rebuild()
    type(challenge).objects.filter(pk=challenge.pk).update(title="Renamed past everybody")
    type(organisation).objects.filter(pk=organisation.pk).delete()

    assert command("search_rebuild", "organisation")["removed"] == 1
    assert drift().stale == [f"challenge:{challenge.pk}"]
    assert command("search_rebuild", "challenge")["written"] == {"challenge": 1}
    assert drift().keys == []


def test_what_changes_while_the_index_is_rebuilt_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change is made, and drained, between the reading of a batch and its writing."""
    staying, renamed, leaving = (ChallengeFactory(title=f"Graphene {n}") for n in range(3))
    rebuild()
    source, changed = ChallengeDocument.source.__func__, []

    def meddling(document: Any, obj: Any) -> Any:
        made = source(document, obj)
        if obj.pk == staying.pk and not changed:
            changed.append(True)
            renamed.title = "Zirconium"
            renamed.save()
            type(leaving).objects.filter(pk=leaving.pk).update(published_at=None, state="draft")
            OutboxEntry.objects.create(topic=TOPIC, key=f"challenge:{leaving.pk}", not_before=leaving.created_at)
            settle()
        return made

    monkeypatch.setattr(ChallengeDocument, "source", classmethod(meddling))
    rebuild()

    assert changed == [True]
    assert (total("graphene "), total("zirconium ")) == (1, 1)
    assert drift().keys == []


def test_a_row_that_cannot_be_prepared_is_named_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = ChallengeFactory(title="Good"), ChallengeFactory(title="Bad")

    def prepare(obj: Any) -> str:
        return obj.title if obj.pk == good.pk else str(1 / 0)

    monkeypatch.setattr(ChallengeDocument, "prepare_title", staticmethod(prepare), raising=False)

    summary = command("search_rebuild")

    assert (summary["rejected"], summary["rejects"]) == (1, [f"challenge:{bad.pk}"])
    assert summary["written"]["challenge"] == 1


def test_verify_finds_each_sort_of_drift_and_changes_nothing() -> None:
    missing, stale, ghost = ChallengeFactory(), ChallengeFactory(), OrganisationFactory()
    settle()
    engine = engines.current()
    engine.write([Delete(f"challenge:{missing.pk}", VersionCounter.draw())])
    type(stale).objects.filter(pk=stale.pk).update(title="Changed past everybody")
    type(ghost).objects.filter(pk=ghost.pk).delete()
    OutboxEntry.objects.all().delete()
    before = sorted(entry.digest for entry in engine.entries())

    summary = command("search_verify")

    assert summary["examples"] == {
        "missing": [f"challenge:{missing.pk}"],
        "stale": [f"challenge:{stale.pk}"],
        "surplus": [f"organisation:{ghost.pk}"],
    }
    assert (summary["rejected"], summary["repaired"], summary["waiting"]) == (3, 0, 0)
    assert sorted(entry.digest for entry in engine.entries()) == before
    with pytest.raises(SystemExit) as stopped:
        command("search_verify", strict=True)
    assert stopped.value.code == 1


def test_repair_has_the_drain_put_right_what_differs() -> None:
    challenge = ChallengeFactory()
    rebuild()
    type(challenge).objects.filter(pk=challenge.pk).update(title="Changed past everybody")

    assert repair(drift()) == 1
    assert command("search_drain")["failed"] == 0
    assert drift().keys == []


def test_an_index_of_private_text_that_became_public_by_mistake_is_drift() -> None:
    challenge = ChallengeFactory()
    rebuild()
    type(challenge).objects.filter(pk=challenge.pk).update(published_at=None, state="draft")

    assert drift(["challenge"]).stale == [f"challenge:{challenge.pk}"]


def test_commands_refuse_what_they_do_not_know() -> None:
    for name in ("search_rebuild", "search_verify"):
        with pytest.raises(CommandError) as refused:
            command(name, "gizmo")
        assert refused.value.returncode == 2


def test_verify_without_an_index_is_refused_politely() -> None:
    with pytest.raises(CommandError) as refused:
        command("search_verify")

    assert refused.value.returncode == 1
    assert "search_rebuild" in str(refused.value)


@pytest.mark.once
def test_an_index_is_the_same_to_every_process(tmp_path: Path) -> None:
    """What one process built another opens, whatever order its sets are in."""
    code = "import django; django.setup(); from search import engines; print([*engines.current().schema.properties])"
    told = set()
    for seed in ("1", "2"):
        own = {"PYTHONHASHSEED": seed, "PORTAL_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings"}
        asked = subprocess.run([sys.executable, "-c", code], env={**os.environ, **own}, capture_output=True, text=True)
        told.add(asked.stdout)

    assert len(told) == 1
    assert "title" in told.pop()
