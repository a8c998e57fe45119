"""What is kept of a bench that ran: its figures as JSON, and, of a full one, its table in the guide."""

from __future__ import annotations

import re
from pathlib import Path

import orjson

from tests.bench.declaration import Bench, Outcome
from tests.bench.environment import ROOT
from tests.bench.table import cells, markdown

FIGURES = ROOT / "var" / "bench"
GUIDE = ROOT / "docs" / "guides" / "performance.md"


def keep_figures(bench: Bench, outcome: Outcome, machine: str, folder: Path = FIGURES) -> Path:
    """Write everything that was measured to ``<folder>/<bench>.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{bench.name}.json"
    rows = [dict(zip(("bench", *KEYS), cells(bench, row), strict=True)) | {"value": row.value} for row in outcome.rows]
    kept = {"bench": bench.name, "machine": machine, "rows": rows, "figures": outcome.figures}
    path.write_bytes(orjson.dumps(kept, option=orjson.OPT_INDENT_2))
    return path


KEYS = ("what", "ours", "peer", "limit", "ratio", "target", "held")


def keep_table(bench: Bench, outcome: Outcome, machine: str, guide: Path = GUIDE) -> None:
    """Put the table where the guide has the bench's old one, between its two markers."""
    begin, end = f"<!-- {bench.name} -->", f"<!-- /{bench.name} -->"
    section = "\n\n".join((begin, markdown(bench, outcome.rows), *outcome.remarks, f"Measured: {machine}.", end))
    text = guide.read_text()
    old = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not old.search(text):
        raise LookupError(f"{guide.name} has no place for {bench.name}: {begin} … {end}")
    guide.write_text(old.sub(lambda _: section, text))
