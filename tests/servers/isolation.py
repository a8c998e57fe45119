"""What keeps a test to itself, and what tells it that a server it needs is not there."""

from __future__ import annotations

import ipaddress
import os
import socket
from typing import Any

import pytest

from .packages import CHROMIUM


class LeftTheMachine(Exception):
    """A test tried to speak to another machine."""


def keep_to_loopback(patch: pytest.MonkeyPatch) -> None:
    """Make sockets refuse every address but loopback and unix ones."""
    for name in ("connect", "connect_ex", "sendto"):
        patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))


def _guarded(method: Any) -> Any:
    def checked(self: socket.socket, *given: Any) -> Any:
        address = given[-1]
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _loopback(address[0]):
            raise LeftTheMachine(f"no network in tests: {address[0]}:{address[1]}")
        return method(self, *given)

    return checked


def _loopback(host: str) -> bool:
    try:
        return host in ("localhost", "") or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def absent_parts() -> dict[str, str]:
    """Mark → why tests so marked cannot run in this run."""
    absent = {}
    if not os.environ.get("TEST_DATABASE_URL"):
        absent["postgres"] = "TEST_DATABASE_URL names no PostgreSQL"
    if not os.environ.get("TEST_ELASTICSEARCH_URL"):
        absent["elasticsearch"] = "TEST_ELASTICSEARCH_URL names no Elasticsearch"
    if not os.environ.get("TEST_REDIS_URL"):
        absent["redis"] = "TEST_REDIS_URL names no Redis"
    if CHROMIUM.find() is None:
        absent["browser"] = "Chromium is not installed"
    return absent


def asks_the_database(item: pytest.Item) -> bool:
    """Whether a test can come out differently on another database."""
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgres", "redis", "elasticsearch"))
    return marked or not {"db", "transactional_db", "client"}.isdisjoint(getattr(item, "fixturenames", ()))
