"""The server as people start it: it opens, ends when told, and comes back after a power cut."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers.served import END_SECONDS, ServedPortal, environment, served_portal, start_portal


@pytest.fixture
def portal(tmp_path: Path, django_db_blocker: Any) -> Iterator[ServedPortal]:
    with django_db_blocker.unblock(), served_portal(tmp_path) as portal:
        yield portal


def get(url: str) -> dict[str, object]:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return dict(json.load(answer))


def test_server_opens_says_where_and_ends_at_ctrl_c(portal: ServedPortal) -> None:
    assert get(f"{portal.url}/healthz") == {"status": "alive"}
    assert get(f"{portal.url}/readyz")["status"] == "ready"
    assert f"The portal is open at {portal.url}" in portal.told()
    assert portal.stop() == 0
    assert "Traceback" not in portal.told()


def test_second_server_on_the_same_data_is_turned_away(portal: ServedPortal) -> None:
    second = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        env=environment(portal.var, port=0),
        capture_output=True,
        text=True,
        timeout=END_SECONDS * 4,
    )

    assert (second.returncode, "Another server is running" in second.stderr) == (1, True)
    assert get(f"{portal.url}/healthz") == {"status": "alive"}


def test_server_comes_back_after_a_power_cut(portal: ServedPortal) -> None:
    portal.kill()

    again = start_portal(portal.var)

    assert get(f"{again.url}/readyz")["status"] == "ready"
    assert again.stop() == 0
