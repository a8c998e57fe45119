"""The files of the house, for the tests that look at the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("portal", "challenges", "patents", "search")


def files(*endings: str, inside: tuple[str, ...] = FOLDERS) -> list[Path]:
    """Our files with one of ``endings``, in a fixed order."""
    found = (path for folder in inside for path in (ROOT / folder).rglob("*"))
    return sorted(path for path in found if path.suffix in endings and "__pycache__" not in path.parts)


def modules(inside: tuple[str, ...] = FOLDERS) -> list[Path]:
    """Our Python files but for migrations, which are written by Django."""
    return [path for path in files(".py", inside=inside) if "migrations" not in path.parts]


def templates() -> list[Path]:
    """Our HTML templates."""
    return [path for path in files(".html") if "templates" in path.parts]


def template_name(path: Path) -> str:
    """The name by which Django knows the template."""
    return path.as_posix().rsplit("/templates/", 1)[1]


def named(path: Path) -> str:
    """The path as people say it."""
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a module, with the last part of the name that is called."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node
