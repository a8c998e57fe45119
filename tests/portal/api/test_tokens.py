"""Tokens: shown once, kept as a hash, good for what they say and for no longer than they should."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from portal.accounts.actions.people import erase_person
from portal.api.actions import create_token, revoke_token
from portal.api.models import ApiToken
from portal.api.tokens import person_of_secret
from portal.kernel.errors import Missing, Refused
from tests.factories.challenges import ChallengeFactory
from tests.portal.api.conftest import Program, problem_of

pytestmark = pytest.mark.django_db


def test_a_secret_is_kept_nowhere(creator) -> None:
    token, secret = create_token(creator, name="robot", scopes=["read"], actor=creator)

    kept = ApiToken.objects.filter(pk=token.pk).values().get()
    assert secret.startswith("oip_")
    assert len(secret) > 40
    assert secret not in str(kept)


def test_the_command_makes_one_that_works(creator) -> None:
    told = StringIO()
    call_command("create_token", creator.email, "--scopes", "read", "write", stdout=told)
    summary = json.loads(told.getvalue().splitlines()[-1])

    assert summary["scopes"] == ["read", "write"]
    assert Program(summary["token"]).get("challenges").status_code == 200


def test_the_command_refuses_a_stranger(db) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("create_token", "nobody@example.org")
    assert refusal.value.returncode == 2


def test_a_token_that_ended_opens_nothing(program_of, creator) -> None:
    revoked, expired, erased = (program_of(creator) for _ in range(3))
    tokens = list(ApiToken.objects.order_by("pk"))
    revoke_token(tokens[0], actor=creator)
    ApiToken.objects.filter(pk=tokens[1].pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert erased.get("challenges").status_code == 200
    erase_person(creator, actor=creator)

    answers = [problem_of(each.get("challenges")) for each in (revoked, expired, erased, Program("oip_guess"))]

    assert answers == [(401, "authentication_failed")] * 4
    assert ApiToken.objects.count() == 0


def test_a_deactivated_person_has_no_programs(program_of, creator) -> None:
    program = program_of(creator)
    creator.is_active = False
    creator.save()

    assert program.get("challenges").status_code == 401


def test_scopes_bound_what_it_does(program_of, creator, organisation) -> None:
    challenge = ChallengeFactory(organisation=organisation)
    path = f"challenges/{challenge.slug}/registrations"

    assert problem_of(program_of(creator, "read").post(path, {"accept_terms": ""})) == (403, "permission_denied")
    assert problem_of(program_of(creator, "write").get("challenges")) == (403, "permission_denied")
    assert program_of(creator, "read").get("challenges").status_code == 200


def test_only_the_admin_scope_carries_the_office(program_of, master, organisation) -> None:
    draft = ChallengeFactory(organisation=organisation, state="in_review", published_at=None)

    assert program_of(master, "read", "write", "admin").get(f"challenges/{draft.slug}").status_code == 200
    assert program_of(master, "read", "write").get(f"challenges/{draft.slug}").status_code == 404
    master.refresh_from_db()
    assert master.is_platform_master


def test_visitors_read_and_do_not_write(visitor, organisation) -> None:
    challenge = ChallengeFactory(organisation=organisation)

    assert visitor.get("challenges").status_code == 200
    refused = visitor.post(f"challenges/{challenge.slug}/registrations", {"accept_terms": ""})
    assert problem_of(refused) == (401, "not_authenticated")
    assert refused["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(("csrf", "told"), [("right", 201), ("", 403), ("wrong", 403), ("x" * 64, 403)])
def test_a_session_writes_only_with_its_csrf_token(creator, organisation, csrf, told) -> None:
    challenge = ChallengeFactory(organisation=organisation)
    client = Client(enforce_csrf_checks=True)
    client.force_login(creator)
    client.get("/account/tokens/")
    given = client.cookies["csrf"].value if csrf == "right" else csrf
    terms = client.get(f"/api/v1/challenges/{challenge.slug}").json()["terms"]["sha256"]

    answer = client.post(
        f"/api/v1/challenges/{challenge.slug}/registrations",
        {"accept_terms": terms},
        content_type="application/json",
        headers={"X-CSRFToken": given} if given else {},
    )

    assert answer.status_code == told
    assert challenge.registrations.filter(user=creator).exists() == (told == 201)
    if told == 403:
        assert problem_of(answer) == (403, "permission_denied")


@pytest.mark.parametrize("scheme", ["Basic", "Token", "Digest", ""])
def test_a_secret_under_another_scheme_opens_nothing(creator, program_of, scheme) -> None:
    secret = program_of(creator).secret

    answer = Client().post("/api/v1/challenges", headers={"Authorization": f"{scheme} {secret}".strip()})

    assert problem_of(answer) == (401, "not_authenticated")


def test_a_secret_is_somebodys_on_the_socket_only_with_both_scopes(creator) -> None:
    _token, both = create_token(creator, name="bot", scopes=["read", "write"], actor=creator)
    _token, reads = create_token(creator, name="reader", scopes=["read"], actor=creator)

    assert person_of_secret(both) == creator
    assert not person_of_secret(reads).is_authenticated
    assert not person_of_secret("oip_guess").is_authenticated


def test_nobody_revokes_anothers(creator, rival) -> None:
    token, _secret = create_token(creator, name="robot", scopes=["read"], actor=creator)

    with pytest.raises(Missing):
        revoke_token(token, actor=rival)
    token.refresh_from_db()
    assert token.is_live


def test_what_is_no_scope_is_refused(creator) -> None:
    for scopes in ([], ["root"], ["read", "root"]):
        with pytest.raises(Refused):
            create_token(creator, name="robot", scopes=scopes, actor=creator)
    assert ApiToken.objects.count() == 0


def test_the_page_makes_shows_once_and_revokes(client, creator) -> None:
    client.force_login(creator)

    made = client.post("/account/tokens/", {"name": "robot", "scopes": ["read"], "days": "90"})
    secret = made.context["secret"]
    assert secret.encode() in made.content
    assert made["Cache-Control"].startswith("private") or "no-store" in made["Cache-Control"]
    again = client.get("/account/tokens/")
    assert secret.encode() not in again.content
    assert b"robot" in again.content
    token = ApiToken.objects.get()
    client.post(f"/account/tokens/{token.public_id}/revoke/")

    assert Program(secret).get("challenges").status_code == 401
    assert b"robot" not in client.get("/account/tokens/").content


def test_a_strangers_token_is_not_there(client, creator, rival) -> None:
    token, _secret = create_token(creator, name="robot", scopes=["read"], actor=creator)
    client.force_login(rival)

    assert client.post(f"/account/tokens/{token.public_id}/revoke/").status_code == 404
    assert b"robot" not in client.get("/account/tokens/").content
