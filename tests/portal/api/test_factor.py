"""Over https, an account that opens more than its own things is asked for a second factor by the API as by pages."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from portal.api.actions import create_token
from portal.api.tokens import person_of_secret
from tests.portal.api.conftest import problem_of

pytestmark = pytest.mark.django_db
LACKING = (403, "factor_lacking")


@pytest.fixture(autouse=True)
def over_https(settings: Any) -> None:
    settings.SECURE = True


@pytest.fixture
def person(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("person", ["master", "owner"], indirect=True)
def test_without_one_neither_session_nor_token_opens_anything(person, program_of) -> None:
    browser = Client()
    browser.force_login(person)

    for method in ("get", "post"):
        assert problem_of(getattr(browser, method)("/api/v1/challenges")) == LACKING
        assert problem_of(getattr(program_of(person), method)("challenges")) == LACKING


@pytest.mark.parametrize("person", ["master", "owner"], indirect=True)
def test_with_one_both_do(person, program_of) -> None:
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    browser = Client()
    browser.force_login(person)

    assert browser.get("/api/v1/challenges").status_code == 200
    assert program_of(person).get("challenges").status_code == 200


@pytest.mark.parametrize("person", ["colleague", "creator"], indirect=True)
def test_nobody_else_is_asked(person, program_of) -> None:
    assert program_of(person).get("challenges").status_code == 200


def test_a_master_who_leaves_the_office_at_home_opens_their_own_things(master, program_of) -> None:
    assert program_of(master, "read", "write").get("challenges").status_code == 200


def test_a_socket_asks_for_it_too(owner, creator) -> None:
    scopes = ["read", "write"]
    _token, lacking = create_token(owner, name="bot", scopes=scopes, actor=owner)
    _token, enough = create_token(creator, name="bot", scopes=scopes, actor=creator)

    assert not person_of_secret(lacking).is_authenticated
    assert person_of_secret(enough) == creator


def test_the_way_to_a_visitor_stays_open(visitor) -> None:
    assert visitor.get("challenges").status_code == 200
