"""Scripts that run on every page of whoever is signed in: each app above registers its own."""

from __future__ import annotations

_paths: list[str] = []


def register(path: str) -> None:
    """Have the module at the static ``path`` loaded for those who are signed in; twice is once."""
    if path not in _paths:
        _paths.append(path)


def for_signed_in() -> list[str]:
    """The paths, in the order they were registered."""
    return list(_paths)
