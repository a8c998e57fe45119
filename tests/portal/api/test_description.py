"""The API is what its description says: complete, valid, and without a broken answer to anything one may send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as tried_with
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from portal.accounts.models import User
from portal.api.actions import create_token
from portal.api.urls import version_1
from portal.api.views.description import described
from portal.wsgi import application
from tests.challenges import scenes
from tests.factories.accounts import UserFactory, owner_of
from tests.factories.challenges import ChallengeFactory
from tests.factories.discussions import RoomFactory
from tests.factories.patents import LicenceOfferFactory, request_in

pytestmark = pytest.mark.once

OPERATIONS = 28
NOT_OPERATIONS = {"description", "nothing"}


def test_the_description_is_valid_and_the_generator_content(tmp_path: Any) -> None:
    call_command(
        "spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "api.json"), format="openapi-json"
    )


@pytest.mark.django_db
def test_every_address_is_described_with_its_problems(visitor: Any) -> None:
    described = visitor.get("openapi.json").json()

    addresses = [str(each.pattern) for each in version_1 if each.name not in NOT_OPERATIONS]
    wired = {re.sub(r"<\w+:(\w+)>", r"{\1}", address) for address in addresses}
    assert {path.removeprefix("/api/v1/") for path in described["paths"]} == wired
    operations = [operation for methods in described["paths"].values() for operation in methods.values()]
    assert [o["operationId"] for o in operations if not o.get("summary")] == []
    assert [o["operationId"] for o in operations if "404" not in o["responses"]] == []


@pytest.mark.django_db
def test_it_is_made_once_and_not_sent_again_to_who_has_it(visitor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    real = SchemaGenerator.get_schema
    monkeypatch.setattr(SchemaGenerator, "get_schema", lambda *args, **named: made.append(1) or real(*args, **named))
    described.cache_clear()

    first = visitor.get("openapi.json", Accept="application/json", **{"Accept-Language": "ru"})
    again = visitor.get("openapi.json", **{"Accept-Language": "zh-hans"})
    known = visitor.get("openapi.json", **{"If-None-Match": first["ETag"]})
    other = visitor.get("openapi.json", **{"If-None-Match": '"of yesterday"'})

    assert len(made) == 1
    assert (first.status_code, first["Content-Type"], first.json()["openapi"]) == (200, "application/json", "3.1.0")
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", first["ETag"])
    assert (other.status_code, other.content) == (200, first.content)


def test_the_api_is_wired_at_its_place() -> None:
    assert get_resolver().resolve("/api/v1/challenges").url_name == "challenges"


@pytest.fixture
def inhabited(db: None) -> dict[str, str]:
    """A portal with something of each kind, and who asks: nobody, a solver, an owner, the platform master."""
    solver, master = UserFactory(), UserFactory(is_platform_master=True)
    challenge = ChallengeFactory()
    owner = owner_of(challenge.organisation)
    scenes.file(challenge, solver)
    LicenceOfferFactory(state="listed")
    request_in("under_review")
    RoomFactory()
    people = {"solver": solver, "owner": owner, "master": master}
    return {"nobody": "", **{name: _secret(user) for name, user in people.items()}}


def _secret(user: User) -> str:
    return create_token(user, name="fuzz", scopes=["read", "write", "admin"], actor=user)[1]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests leave the test's database connection, and so its transaction, open."""
    moments = (request_started, request_finished)
    for moment in moments:
        moment.disconnect(close_old_connections)
    yield
    for moment in moments:
        moment.connect(close_old_connections)


def served(environ: dict[str, Any], start_response: Any) -> Any:
    """The portal as a server calls it: with the address of who asks."""
    return application({"REMOTE_ADDR": "127.0.0.1", **environ}, start_response)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("who", ["nobody", "solver", "owner", "master"])
@pytest.mark.usefixtures("one_connection")
def test_nothing_one_may_send_breaks_it(inhabited: dict[str, str], settings: Any, who: str) -> None:
    """Whatever fits the description, or nearly does, is answered, and as described."""
    settings.API_RATE_STRANGER = settings.API_RATE_KNOWN = 1_000_000
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", served)
    headers = {"Authorization": f"Bearer {inhabited[who]}"} if inhabited[who] else {}
    tried = 0
    for found in schema.get_all_operations():
        _try(found.ok(), headers)
        tried += 1

    assert tried >= OPERATIONS


def _try(operation: Any, headers: dict[str, str]) -> None:
    @tried_with(
        max_examples=5,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def attempt(case: Any) -> None:
        response = case.call(headers=headers)
        case.validate_response(
            response, checks=[not_a_server_error, response_schema_conformance, content_type_conformance]
        )

    attempt()
