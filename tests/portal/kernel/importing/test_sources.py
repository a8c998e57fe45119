"""A file is read whole or refused, and no line is ever held beyond its bound."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from portal.kernel.errors import Refused
from portal.kernel.importing import sources
from portal.kernel.importing.sources import Line, lines, survey


def a_file(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
def test_survey_tells_the_same_of_a_file_packed_or_not(tmp_path: Path, pack: object) -> None:
    source = survey(a_file(tmp_path, pack(b'\xef\xbb\xbf{"pub": 1}\n\n{"pub": 2}')))  # type: ignore[operator]
    assert (source.lines, source.head[:5]) == (3, b'{"pub')
    assert list(lines(source)) == [Line(1, b'{"pub": 1}'), Line(3, b'{"pub": 2}')]


def test_digest_is_of_the_content(tmp_path: Path) -> None:
    packed, plain = gzip.compress(b"{}\n"), b"{}\n"
    assert survey(a_file(tmp_path, packed)).digest == survey(a_file(tmp_path, plain)).digest


@pytest.mark.parametrize("content", [b"", b" \n\n", gzip.compress(b"", mtime=0), b"\n"])
def test_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Refused, match="is empty"):
        survey(a_file(tmp_path, content))


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(b'{"pub": "US1"}\n' * 1000)[:-10],
        gzip.compress(b'{"pub": "US1"}\n')[:-4] + b"\0\0\0\0",
        b"\x1f\x8b" + b"\xff" * 200,
        b"\x1f\x8b\x08",
        gzip.compress(b'{"pub": "US1"}\n') + b"tail of something else",
    ],
    ids=["cut off", "wrong length", "no deflate", "header only", "tail"],
)
def test_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Refused, match="is damaged"):
        survey(a_file(tmp_path, content))


def test_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_HARMLESS", 1024 * 1024)
    with pytest.raises(Refused, match="far more than its size"):
        survey(a_file(tmp_path, gzip.compress(b" " * 4 * 1024 * 1024)))


def test_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        survey(tmp_path)


def test_line_beyond_the_bound_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LONGEST_LINE", 1000)
    monkeypatch.setattr(sources, "_CHUNK", 64)
    source = survey(a_file(tmp_path, b"short\n" + b"x" * 5000 + b"\nlast"))
    assert list(lines(source)) == [Line(1, b"short"), Line(2, None), Line(3, b"last")]
