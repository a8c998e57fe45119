from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from portal.serve import fingerprint, preparation


@contextmanager
def no_progress(total: int | None, label: str) -> Iterator[Callable[..., None]]:
    yield lambda steps=1: None


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> Path:
    settings.PORTAL_VAR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that the preparation runs, instead of running them."""
    called: list[str] = []

    def call(name: str, *, stdout: Any = None, **options: Any) -> None:
        called.append(name)
        if name == "demo":
            stdout.write('loading\n{"accounts": [{"email": "a@example.org", "password": "p", "role": "creator"}]}\n')

    monkeypatch.setattr(preparation, "call_command", call)
    monkeypatch.setattr(preparation.migrating, "migrate", lambda progress: call("migrate"))
    return called


@pytest.mark.django_db
def test_migrations_are_asked_about_once(commands: list[str]) -> None:
    preparation.migrate(no_progress)
    preparation.migrate(no_progress)

    assert commands == ["migrate"]


@pytest.mark.django_db
def test_migrations_are_asked_about_again_when_a_file_changed(
    commands: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    preparation.migrate(no_progress)
    monkeypatch.setattr(fingerprint, "of_migrations", lambda: "another")

    preparation.migrate(no_progress)

    assert commands == ["migrate", "migrate"]


def test_static_files_are_gathered_once(commands: list[str], data_folder: Path) -> None:
    preparation.collect_static_files(no_progress)
    (data_folder / "static").mkdir()
    (data_folder / "static" / "staticfiles.json").touch()

    assert preparation.collect_static_files(no_progress) is False
    assert commands == ["collectstatic"]


def test_demo_is_loaded_the_first_time_and_its_sign_ins_are_kept(commands: list[str]) -> None:
    accounts = [{"email": "a@example.org", "password": "p", "role": "creator"}]

    assert preparation.load_demo(wanted=True) == accounts
    assert preparation.load_demo(wanted=True) == accounts
    assert commands == ["demo"]


def test_portal_started_empty_stays_empty(commands: list[str]) -> None:
    preparation.load_demo(wanted=False)

    assert preparation.load_demo(wanted=True) == []
    assert commands == []


def test_demo_is_never_loaded_where_strangers_come(commands: list[str], settings: Any) -> None:
    settings.EMBEDDED = False

    assert preparation.load_demo(wanted=True) == []
    assert commands == []


def test_note_is_written_whole(tmp_path: Path) -> None:
    note = preparation.Note(tmp_path / "prepared" / "step")

    assert note.read() == ""
    note.write("done")
    assert (note.read(), [path.name for path in note.path.parent.iterdir()]) == ("done", ["step"])
