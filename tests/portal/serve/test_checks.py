"""What is said of an environment before many people rely on it."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from portal.serve import checks
from portal.settings.environment import Environment

GOOD = {
    "PORTAL_URL": "https://portal.example",
    "DATABASE_URL": "postgresql://portal@db/portal",
    "SECRET_KEY": "long and random",
    "EMAIL_URL": "smtp+tls://mail.example:587",
    "MAIL_FROM": "portal@portal.example",
    "TRUSTED_PROXIES": 1,
}


def told_of(monkeypatch: pytest.MonkeyPatch, environment: Environment) -> list[str]:
    """The variables that are complained of."""
    monkeypatch.setattr(checks, "environment", environment)
    return [message.msg.split()[0] for message in checks.environment_is_one_for_many(None)]


def test_a_good_environment_is_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told_of(monkeypatch, Environment(**GOOD)) == []


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORTAL_URL", "http://portal.example"),
        ("DATABASE_URL", ""),
        ("SECRET_KEY", ""),
        ("EMAIL_URL", ""),
        ("MAIL_FROM", "portal@localhost"),
        ("TRUSTED_PROXIES", 0),
    ],
)
def test_each_default_made_for_one_person_is_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: object
) -> None:
    assert told_of(monkeypatch, Environment(**{**GOOD, variable: value})) == [variable]


def test_the_deploy_check_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "environment", Environment(**{**GOOD, "EMAIL_URL": ""}))
    told = io.StringIO()

    call_command("check", "--deploy", stderr=told)

    assert "portal.W004" in told.getvalue()
