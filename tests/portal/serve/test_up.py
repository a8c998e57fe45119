"""``make up`` starts on all three servers or not at all."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from portal.settings.environment import environment


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "DATABASE_URL, REDIS_URL, ELASTICSEARCH_URL"),
        ({"redis_url": "redis://127.0.0.1/0"}, "DATABASE_URL, ELASTICSEARCH_URL"),
    ],
)
def test_it_names_what_is_not_set(monkeypatch, given, missing) -> None:
    for name in ("database_url", "redis_url", "elasticsearch_url"):
        monkeypatch.setattr(environment, name, given.get(name, ""))

    with pytest.raises(CommandError) as refusal:
        call_command("up")

    assert refusal.value.returncode == 2
    assert f"Not set: {missing}." in str(refusal.value)
