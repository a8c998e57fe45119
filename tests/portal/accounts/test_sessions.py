"""Signing out ends what was open, here and elsewhere; a second factor where an account opens more than its own."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from portal.accounts import signals
from portal.accounts.models import User
from tests.factories.accounts import PASSWORD


def signed_in(user: User) -> Client:
    client = Client()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)
    return client


def test_signing_out_is_told_with_its_session(creator: User, heard: Any) -> None:
    client = signed_in(creator)
    key, news = client.session.session_key, heard(signals.signed_out)

    client.post("/account/logout/")

    assert [(n["user"], n["session_key"]) for n in news] == [(creator, key)]


def test_who_is_told_of_a_sign_out_finds_the_session_gone(creator: User) -> None:
    client = signed_in(creator)
    found: list[bool] = []

    def ask_again(session_key: str, **news: Any) -> None:
        found.append(Session.objects.filter(session_key=session_key).exists())

    signals.signed_out.connect(ask_again)
    try:
        client.post("/account/logout/")
    finally:
        signals.signed_out.disconnect(ask_again)

    assert found == [False]


def test_new_password_ends_the_other_sessions(creator: User, heard: Any) -> None:
    here, elsewhere = signed_in(creator), signed_in(creator)
    other_key, news = elsewhere.session.session_key, heard(signals.signed_out)

    here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "another long sentence", "password2": "another long sentence"},
    )

    assert other_key in {n["session_key"] for n in news}
    assert here.get("/account/profile/").status_code == 200
    assert elsewhere.get("/account/profile/").status_code == 302


def test_person_sees_and_ends_other_sessions(creator: User) -> None:
    here, elsewhere = signed_in(creator), signed_in(creator)
    assert UserSession.objects.filter(user=creator).count() == 2

    here.post("/account/sessions/", {"action": "end_other_sessions"})

    assert UserSession.objects.filter(user=creator).count() == 1
    assert elsewhere.get("/account/profile/").status_code == 302


@pytest.fixture
def over_https(settings: Any) -> None:
    settings.SECURE = True


@pytest.mark.parametrize(
    ("role", "stopped"), [("master", True), ("owner", True), ("colleague", False), ("creator", False)]
)
def test_second_factor_is_asked_of_some(
    role: str, stopped: bool, over_https: None, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(role))

    answer = client.get("/organisations/")

    assert (answer.status_code, answer.get("Location")) == ((302, "/account/2fa/") if stopped else (200, None))


def test_second_factor_opens_the_way(over_https: None, client: Client, master: User) -> None:
    TOTP.activate(master, generate_totp_secret())
    client.force_login(master)

    assert client.get("/organisations/").status_code == 200


def test_password_alone_is_not_enough_with_a_second_factor(client: Client, creator: User) -> None:
    TOTP.activate(creator, generate_totp_secret())
    codes = RecoveryCodes.activate(creator)
    client.post("/account/login/", {"login": creator.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session

    client.post("/account/2fa/authenticate/", {"code": codes.get_unused_codes()[0]})

    assert client.session["_auth_user_id"] == str(creator.pk)
