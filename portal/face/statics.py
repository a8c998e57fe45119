"""The addresses of static files, worked out once each: a page names some ten, and they stay while a process runs."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class RememberingStaticFiles(CompressedManifestStaticFilesStorage):
    """Static files with their hash in their names, as WhiteNoise has them, which remembers those it was asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[tuple[str, bool], str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The address of ``name``."""
        known = self._known.get((name, force))
        if known is None:
            known = self._known[name, force] = super().url(name, force)
        return known
