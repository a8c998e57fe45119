"""The demo's texts, from the files beside this one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
CHALLENGES = ("challenges_en", "challenges_zh", "challenges_ru")

Row = dict[str, Any]


def rows(name: str, kind: str) -> list[Row]:
    """The tables called ``kind`` in the file ``name``."""
    return list(tomllib.loads((CONTENT / f"{name}.toml").read_text("utf-8")).get(kind, []))


def challenges() -> list[Row]:
    """The challenges of all languages; each row says its ``language``."""
    found = []
    for name in CHALLENGES:
        language = {"en": "en", "zh": "zh-hans", "ru": "ru"}[name.rsplit("_", 1)[1]]
        found += [{"language": language, **row} for row in rows(name, "challenge")]
    return found


def patents() -> list[list[str]]:
    """Lines of the patents' file: number, docket, title, centre, category, expiry, and what it is about."""
    lines = (CONTENT / "patents.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
