from __future__ import annotations

import pytest
from whitenoise.storage import CompressedManifestStaticFilesStorage

from portal.face.statics import RememberingStaticFiles


def test_an_address_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def url(self: object, name: str, force: bool = False) -> str:
        asked.append(name)
        return f"/static/{name}"

    monkeypatch.setattr(CompressedManifestStaticFilesStorage, "url", url)
    files = RememberingStaticFiles()

    assert [files.url(name) for name in ("a.css", "b.js", "a.css")] == [
        "/static/a.css",
        "/static/b.js",
        "/static/a.css",
    ]
    assert asked == ["a.css", "b.js"]
