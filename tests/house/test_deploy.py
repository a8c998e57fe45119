"""What the production guide hands out keeps what the portal relies on."""

from __future__ import annotations

import re

import pytest

from portal.serve.web import LARGEST_FRAME
from portal.settings.environment import Environment
from tests.house.sources import ROOT

DEPLOY = ROOT / "docs" / "deploy"
SOCKETS = (
    "--ws portal.live.wire:WireProtocol",
    f"--ws-max-size {LARGEST_FRAME}",
    "--ws-per-message-deflate false",
    "--lifespan off",
)


def said(name: str) -> str:
    """A file's text, with lists of words written as words."""
    return re.sub(r'"(?:, ")?', " ", (DEPLOY / name).read_text()).replace("  ", " ")


@pytest.mark.parametrize("name", ["portal-live.service", "compose.yaml"])
def test_sockets_are_served_with_bounded_frames_and_no_compression(name: str) -> None:
    assert [flag for flag in (*SOCKETS, "portal.asgi:application") if flag not in said(name)] == []


@pytest.mark.parametrize("name", ["portal-web.service", "compose.yaml"])
def test_pages_are_served_by_wsgi(name: str) -> None:
    assert "granian --interface wsgi" in said(name)
    assert "portal.wsgi:application" in said(name)


@pytest.mark.parametrize("name", ["nginx.conf", "nginx-compose.conf"])
def test_no_location_loses_the_headers_of_its_server(name: str) -> None:
    """nginx inherits headers into a location only while that sets none of its own."""
    text = (DEPLOY / name).read_text()
    locations = re.findall(r"location [^{]*\{([^}]*)\}", text)

    assert len(locations) == 2
    assert [body for body in locations if "proxy_set_header" in body] == []
    for header in ("Host", "X-Forwarded-For", "X-Forwarded-Proto", "Upgrade", "Connection"):
        assert f"proxy_set_header {header} " in text


def test_every_variable_handed_out_is_one_the_portal_reads() -> None:
    known = {field.alias for field in Environment.model_fields.values()}
    given = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "portal.env").read_text(), re.M))

    assert given <= known
    assert {"SECRET_KEY", "PORTAL_URL", "DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL"} <= given


def test_the_readme_names_every_variable() -> None:
    readme = (ROOT / "README.md").read_text()
    known = {str(field.alias) for field in Environment.model_fields.values()} - {"DEBUG"}

    assert [name for name in sorted(known) if f"| `{name}` |" not in readme] == []
