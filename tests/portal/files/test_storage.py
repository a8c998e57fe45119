"""Bytes arrive whole under a name nobody can guess, or not at all."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from portal.files.storage import INCOMING, PrivateStorage, private_storage


def everything(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


def test_what_is_kept_has_a_random_name_and_is_readable_by_the_server_alone() -> None:
    storage = private_storage()
    with storage.receive() as incoming:
        incoming.write(b"one ")
        incoming.write(b"two")
        name = storage.keep(incoming)
    path = Path(storage.path(name))
    assert path.read_bytes() == b"one two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (incoming.size, incoming.sha256) == (7, hashlib.sha256(b"one two").hexdigest())


def receive_and_keep(storage: PrivateStorage, *chunks: bytes) -> str:
    with storage.receive() as incoming:
        for chunk in chunks:
            incoming.write(chunk)
        return storage.keep(incoming)


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_failure_at_any_step_leaves_nothing(monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    def fails(*args: object) -> None:
        raise OSError("disk full")

    storage = private_storage()
    monkeypatch.setattr(os, broken, fails)
    with pytest.raises(OSError, match="disk full"):
        receive_and_keep(storage, b"whole")
    assert everything(Path(storage.location)) == []


def test_an_upload_that_breaks_off_leaves_nothing() -> None:
    storage = private_storage()
    with pytest.raises(TypeError):
        receive_and_keep(storage, b"half", None)  # type: ignore[arg-type]
    assert everything(Path(storage.location)) == []


def test_nothing_has_its_final_name_before_it_is_whole() -> None:
    storage = private_storage()
    root = Path(storage.location)
    with storage.receive() as incoming:
        incoming.write(b"x" * 100_000)
        assert [path.parent.name for path in everything(root)] == [INCOMING]
        name = storage.keep(incoming)
    assert everything(root) == [root / name]


def test_saving_by_the_usual_road_takes_the_same_care() -> None:
    storage = private_storage()
    name = storage.save("chosen-by-the-caller.html", ContentFile(b"content"))
    assert "chosen" not in name
    assert Path(storage.path(name)).read_bytes() == b"content"


def test_a_private_file_has_no_url() -> None:
    with pytest.raises(ValueError, match="not accessible via a URL"):
        private_storage().url("aa/bb")
