"""The command: its summary, its exit codes, and what it does with what it cannot use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command

from patents.models import LicenceOffer, Patent, Pool
from tests.factories.accounts import OrganisationFactory
from tests.factories.patents import LicenceOfferFactory, PatentFactory
from tests.patents.importing.files import GRANT, MEMBRANE, UNPUBLISHED, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_imports(settings: Any, tmp_path: Path) -> None:
    settings.PORTAL_VAR = tmp_path / "var"


def summary(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    call_command("import_patents", *map(str, arguments))
    return orjson.loads(capsys.readouterr().out.splitlines()[-1])


def test_summary_has_the_keys_of_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, GRANT, UNPUBLISHED, "{broken")
    told = summary(capsys, path)
    rejects_file = told.pop("rejects_file")
    assert told == {"read": 3, "created": 2, "updated": 0, "unchanged": 0, "rejected": 1}
    assert Path(rejects_file).is_file()


def test_clean_import_names_no_rejects_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert summary(capsys, written(tmp_path, GRANT))["rejects_file"] is None


def test_strict_fails_after_writing_what_could_be_taken(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as left:
        call_command("import_patents", str(written(tmp_path, GRANT, "{broken")), "--strict")
    assert (left.value.code, Patent.objects.count()) == (1, 1)


@pytest.mark.parametrize("content", [b"", b"id,title\n1,2\n", b"\x1f\x8b\x08broken"])
def test_file_that_cannot_be_taken_is_a_refusal(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        call_command("import_patents", str(path))
    assert refused.value.returncode == 1
    assert "file" in str(refused.value)


@pytest.mark.parametrize(
    "arguments", [["nowhere.jsonl"], ["."], ["{path}", "--owner", "nobody"], ["{path}", "--pool", "Not A Slug"]]
)
def test_bad_usage(tmp_path: Path, arguments: list[str]) -> None:
    path = written(tmp_path, GRANT)
    with pytest.raises(CommandError) as refused:
        call_command("import_patents", *(argument.format(path=path) for argument in arguments))
    assert (refused.value.returncode, Patent.objects.count()) == (2, 0)


def test_owner_and_pool(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    OrganisationFactory(slug="acme")
    summary(capsys, written(tmp_path, GRANT, MEMBRANE), "--owner", "acme", "--pool", "clean-water")
    pool = Pool.objects.get()
    assert (pool.slug, pool.name, pool.organisation.slug) == ("clean-water", "Clean water", "acme")
    assert {patent.owner.slug for patent in pool.patents.all()} == {"acme"}


def test_dry_run_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = summary(capsys, written(tmp_path, GRANT), "--pool", "clean-water", "--dry-run")
    assert (told["created"], Patent.objects.count(), Pool.objects.count()) == (1, 0, 0)


def test_what_has_run_out_is_marked_and_its_offers_pause(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    patent = PatentFactory(number="US-7273095", document_number="7273095", kind_code="", owner=OrganisationFactory())
    LicenceOfferFactory(patent=patent, organisation=patent.owner)
    record = UNPUBLISHED | {"pub": "US7273095", "expiration": "2020-03-11"}
    summary(capsys, written(tmp_path, record))
    patent.refresh_from_db()
    offer = LicenceOffer.objects.get()
    assert (patent.legal_status, patent.status_source, offer.state) == ("expired", "expiry date", "paused")
