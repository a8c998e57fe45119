"""A receipt is verified by page and by command, with the portal's records and without them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from challenges import receipts, verification
from challenges.actions import filing, submitting
from challenges.models import DisclosureReceipt, SubmissionFile, SubmissionVersion
from portal.accounts.models import Organisation, User
from tests.challenges import scenes
from tests.portal.files.samples import PDF, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(organisation: Organisation, creator: User) -> DisclosureReceipt:
    submission = scenes.begin(scenes.open_challenge(organisation), creator)
    submitting.attach_file(submission, upload("a.pdf"), actor=creator)
    return filing.file_submission(submission, actor=creator)


@pytest.fixture
def content(receipt: DisclosureReceipt) -> bytes:
    return receipts.document(receipt.payload, receipt.sha256)


def changed(content: bytes, **facts: Any) -> bytes:
    parsed = orjson.loads(content)
    parsed["receipt"] |= facts
    return orjson.dumps(parsed)


def forged(content: bytes, **facts: Any) -> bytes:
    """A receipt that agrees with itself, and was never issued."""
    invented = orjson.loads(content)["receipt"] | facts
    return receipts.document(invented, receipts.seal(invented))


def verify(path: Path, *options: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("verify_receipt", str(path), *options, stdout=out)
    return dict(orjson.loads(out.getvalue().strip().splitlines()[-1]))


@pytest.fixture
def on_disk(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "receipt.json"
    path.write_bytes(content)
    return path


def test_a_genuine_receipt_holds_in_every_part(content: bytes) -> None:
    verdict = verification.verify(content)
    assert (verdict.holds, [(finding.subject, finding.matches) for finding in verdict.kept]) == (
        True,
        [("title", True), ("abstract", True), ("body", True), ("a.pdf", True)],
    )


def test_a_changed_one_and_an_invented_one_do_not(content: bytes) -> None:
    tampered = verification.verify(changed(content, filed_at="2020-01-01T00:00:00.000+00:00"))
    invented = verification.verify(forged(content, filed_by="somebody-else"))
    assert (tampered.intact, tampered.recorded, tampered.holds) == (False, False, False)
    assert (invented.intact, invented.recorded, invented.holds) == (True, False, False)


def test_texts_changed_behind_the_portals_back_show(content: bytes) -> None:
    SubmissionVersion.objects.update(body="Something else.")
    verdict = verification.verify(content)
    assert [finding.subject for finding in verdict.kept if not finding.matches] == ["body"]


@pytest.mark.parametrize("deed", ["overwrite", "remove"])
def test_bytes_changed_behind_the_portals_back_show(content: bytes, deed: str) -> None:
    path = Path(SubmissionFile.objects.get().file.path)
    path.write_bytes(PDF + b"!") if deed == "overwrite" else path.unlink()
    verdict = verification.verify(content)
    assert [finding.subject for finding in verdict.kept if not finding.matches] == ["a.pdf"]


def test_the_command_says_what_matches(on_disk: Path, receipt: DisclosureReceipt) -> None:
    assert verify(on_disk) == {
        "sha256": receipt.sha256,
        "intact": True,
        "recorded": True,
        "kept": {"title": True, "abstract": True, "body": True, "a.pdf": True},
        "files": {},
        "rejected": 0,
    }


def test_offline_the_file_alone_is_enough(on_disk: Path, receipt: DisclosureReceipt, tmp_path: Path) -> None:
    (tmp_path / "filed").mkdir()
    (tmp_path / "filed" / "a.pdf").write_bytes(PDF)
    DisclosureReceipt.objects.all().delete()
    found = verify(on_disk, "--offline", "--files", str(tmp_path / "filed"))
    assert found == {"sha256": receipt.sha256, "intact": True, "files": {"a.pdf": True}, "rejected": 0}


@pytest.mark.parametrize("options", [(), ("--offline",)])
def test_the_command_refuses_a_changed_receipt(on_disk: Path, content: bytes, options: tuple[str, ...]) -> None:
    on_disk.write_bytes(changed(content, challenge="another"))
    with pytest.raises(CommandError, match="changed") as error:
        verify(on_disk, *options)
    assert error.value.returncode == 1


def test_under_strict_whatever_does_not_match_is_a_failure(on_disk: Path, content: bytes) -> None:
    on_disk.write_bytes(forged(content, challenge="another"))
    assert verify(on_disk)["rejected"] == 1
    with pytest.raises(SystemExit) as stopped:
        verify(on_disk, "--strict")
    assert stopped.value.code == 1


@pytest.mark.parametrize(("content_of_file", "code"), [(b"", 1), (b"not json", 1), (None, 2)])
def test_what_is_no_receipt_or_no_file_is_said_to_be_none(tmp_path: Path, content_of_file: Any, code: int) -> None:
    path = tmp_path / "x.json"
    if content_of_file is not None:
        path.write_bytes(content_of_file)
    with pytest.raises(CommandError) as error:
        verify(path)
    assert error.value.returncode == code


def test_anybody_verifies_on_the_page_and_learns_nothing_more(client: Client, content: bytes) -> None:
    url = reverse("challenges:receipt-verify")
    assert client.get(url).status_code == 200
    answers = [
        client.post(url, {"receipt": SimpleUploadedFile("r.json", sent)}).content.decode()
        for sent in (content, changed(content, version=9), forged(content, version=9), b"{}")
    ]
    assert ["It holds" in answers[0], "It was changed" in answers[1], "did not issue it" in answers[2]] == [True] * 3
    assert "not a receipt" in answers[3]
    assert not any("Owl-wing" in answer or "Cleo" in answer for answer in answers)


def test_the_team_downloads_exactly_what_verifies(client: Client, receipt: DisclosureReceipt, creator: User) -> None:
    client.force_login(creator)
    page = client.get(reverse("challenges:receipt-detail", args=[receipt.public_id]))
    assert receipt.sha256 in page.content.decode()
    answer = client.get(reverse("challenges:receipt-download", args=[receipt.public_id]))
    assert verification.verify(answer.content).holds
    assert answer.headers["Content-Disposition"].startswith("attachment; ")


def test_a_receipt_is_the_teams_alone(
    client: Client, receipt: DisclosureReceipt, owner: User, master: User, rival: User
) -> None:
    for person in (owner, master, rival):
        client.force_login(person)
        for name in ("receipt-detail", "receipt-download"):
            assert client.get(reverse(f"challenges:{name}", args=[receipt.public_id])).status_code == 404
