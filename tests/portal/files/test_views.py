"""Bytes leave by one door, as attachments, for those whom the rule admits."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from challenges.models import ChallengeAttachment
from portal.accounts.models import User
from portal.files import actions, registry, views
from portal.kernel.errors import Missing
from tests.factories.challenges import ChallengeFactory
from tests.portal.files.samples import PDF, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def file() -> ChallengeAttachment:
    challenge = ChallengeFactory()
    return actions.store(ChallengeAttachment, upload("Plan Ä.pdf"), uploaded_by=None, challenge=challenge)


@pytest.fixture
def hidden(file: ChallengeAttachment) -> ChallengeAttachment:
    ChallengeAttachment.objects.filter(pk=file.pk).update(is_confidential=True)
    file.refresh_from_db()
    return file


def words_of(answer: Any) -> str:
    """The page without the tokens that differ each time it is made."""
    return re.sub(r"[A-Za-z0-9]{64}|-[0-9a-f]{8}", "", answer.content.decode())


def test_a_file_is_an_attachment_that_no_browser_runs(client: Client, file: ChallengeAttachment) -> None:
    answer = client.get(file.get_absolute_url())
    assert (answer.status_code, answer.getvalue()) == (200, PDF)
    headers = {name: answer.headers.get(name) for name in ("Content-Type", "Content-Disposition", *views.HEADERS)}
    assert headers == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''Plan%20%C3%84.pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


@pytest.mark.parametrize("condition", [{}, {"HTTP_IF_NONE_MATCH": "*"}, {"HTTP_RANGE": "bytes=0-3"}])
def test_there_is_nothing_to_guess_by(client: Client, file: ChallengeAttachment, condition: Any) -> None:
    answer = client.get(file.get_absolute_url(), **condition)
    assert (answer.status_code, "ETag" in answer.headers, "Last-Modified" in answer.headers) == (200, False, False)
    answer.close()


def test_a_forbidden_file_and_an_absent_one_give_the_same_answer(
    client: Client, hidden: ChallengeAttachment, creator: User
) -> None:
    client.force_login(creator)
    forbidden = client.get(hidden.get_absolute_url())
    absent = client.get(reverse("files:download", args=["challenge", "x" * 22]))
    unknown = client.get(reverse("files:download", args=["nothing", hidden.public_id]))
    assert [answer.status_code for answer in (forbidden, absent, unknown)] == [404, 404, 404]
    assert words_of(forbidden) == words_of(absent) == words_of(unknown)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_door_only_opens_outwards(client: Client, file: ChallengeAttachment, method: str) -> None:
    assert getattr(client, method)(file.get_absolute_url()).status_code == 405


def test_the_opening_is_told_before_the_bytes_leave(
    file: ChallengeAttachment, creator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(request: Any, opened: Any) -> None:
        raise RuntimeError(opened.public_id)

    served = registry.Served("challenge", ChallengeAttachment, registry.get("challenge").rule, refuses)
    monkeypatch.setitem(registry._served, "challenge", served)
    request = RequestFactory().get("/")
    request.user = creator
    with pytest.raises(RuntimeError, match=file.public_id):
        views.download(request, "challenge", file.public_id)


def test_bytes_that_are_gone_are_missing_and_not_an_error(client: Client, file: ChallengeAttachment) -> None:
    file.file.storage.delete(file.file.name)
    assert client.get(file.get_absolute_url()).status_code == 404


def test_a_kind_that_nobody_registered_is_missing() -> None:
    with pytest.raises(Missing):
        registry.get("nothing")
