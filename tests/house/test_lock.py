"""What we install is pinned, hashed, from nowhere in particular, and free to use."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata

import pytest

from tests.house.sources import ROOT

LOCKS = ("requirements.txt", "requirements-semantic.txt", "requirements-dev.txt", "requirements-uv.txt")
FREE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|MPL|Mozilla|PSF|PSFL|Python Software Foundation|LGPL|Lesser|HPND|CC0|Zlib)\b", re.I
)


def pinned(lock: str) -> dict[str, str]:
    """Package → version."""
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / lock).read_text(), re.M))


def terms(package: str) -> str:
    """All that a package says about its licence."""
    about = metadata.metadata(package)
    classifiers = [text for text in about.get_all("Classifier") or [] if text.startswith("License")]
    return " ".join([about.get("License-Expression") or "", about.get("License") or "", *classifiers])


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_hashed_and_no_host_is_named(lock: str) -> None:
    text = (ROOT / lock).read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_the_lock_covers_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = {re.split(r"[\[<>=~! ]", each)[0].lower() for each in project["project"]["dependencies"]}
    tools = {re.split(r"[\[<>=~! ]", each)[0].lower() for each in project["dependency-groups"]["dev"]}
    assert (asked - pinned("requirements.txt").keys(), tools - pinned("requirements-dev.txt").keys()) == (set(), set())


def test_both_locks_agree() -> None:
    served, tested = pinned("requirements-semantic.txt"), pinned("requirements-dev.txt")
    assert {name: tested.get(name) for name in served} == served
    assert pinned("requirements.txt").items() <= served.items()


def test_what_we_ship_is_free_to_use() -> None:
    assert [package for package in pinned("requirements-semantic.txt") if not FREE.search(terms(package))] == []
