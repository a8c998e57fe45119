"""The portal's own pages, and no others."""

from __future__ import annotations

import pytest

from portal.live.origins import is_own


def opened(origin: str | None, host: str = "portal.example", *more: str) -> dict[str, object]:
    origins = [] if origin is None else [origin, *more]
    headers = [(b"host", host.encode()), *((b"origin", each.encode()) for each in origins)]
    return {"headers": headers}


@pytest.fixture(autouse=True)
def at_portal_example(settings):
    settings.PORTAL_URL = "https://portal.example"
    settings.ALLOWED_HOSTS = ["portal.example", "127.0.0.1"]


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://portal.example", "portal.example"),
        ("https://PORTAL.example", "portal.example"),
        ("https://portal.example", "inner:8000"),
        ("https://127.0.0.1:8000", "127.0.0.1:8000"),
    ],
)
def test_own_pages_may(origin, host):
    assert is_own(opened(origin, host))


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (None, "portal.example"),
        ("null", "portal.example"),
        ("http://portal.example", "portal.example"),
        ("https://portal.example:8443", "portal.example"),
        ("https://portal.example.evil.example", "portal.example"),
        ("https://evilportal.example", "portal.example"),
        ("https://user@portal.example", "portal.example"),
        ("https://portal.example/", "portal.example"),
        ("https://evil.example", "evil.example"),
        ("https://127.0.0.1:8001", "127.0.0.1:8000"),
        ("", "portal.example"),
    ],
)
def test_others_may_not(origin, host):
    assert not is_own(opened(origin, host))


def test_two_origins_are_none():
    assert not is_own(opened("https://portal.example", "portal.example", "https://portal.example"))
