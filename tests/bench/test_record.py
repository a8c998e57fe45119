"""The table: what its lines say, and where they are put."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from tests.bench import record, table
from tests.bench.declaration import Against, Bench, Outcome, Row, Target

PEER = Target("snail", Against.PEER, at_least=2)
LIMIT = Target("light", Against.LIMIT, at_least=0.5)
OWN = Target("p95 in ms", Against.OURSELVES, at_most=30)
BENCH = Bench("B0", "Errands", "errands an hour", (PEER, LIMIT, OWN), lambda how: Outcome(()))
ROWS = [
    Row("errands", PEER, "10", "4", value=2.5),
    Row("errands", LIMIT, "10", "100", value=0.1),
    Row("p95", OWN, "12", value=12.0),
    Row("errands", PEER, "10", missing="snail: not to be had here"),
]


def test_each_line_says_whether_its_target_is_held():
    assert [table.cells(BENCH, row) for row in ROWS] == [
        ("B0", "errands", "10", "snail: 4", "", "2.50", "≥ 2", "held"),
        ("B0", "errands", "10", "", "light: 100", "0.10", "≥ 0.5", "**not held**"),
        ("B0", "p95", "12", "", "", "", "≤ 30", "held"),
        ("B0", "errands", "10", "snail: not to be had here", "", "", "≥ 2", "not measured"),
    ]


def test_the_table_takes_the_place_of_the_old_one(tmp_path: Path):
    guide = tmp_path / "guide.md"
    guide.write_text("before\n<!-- B0 -->\nyesterday\n<!-- /B0 -->\nafter\n")

    record.keep_table(BENCH, Outcome(ROWS, remarks=("Told.",)), "today", guide)

    told = guide.read_text()
    assert (told.startswith("before\n<!-- B0 -->"), told.endswith("<!-- /B0 -->\nafter\n")) == (True, True)
    assert ("yesterday" in told, table.markdown(BENCH, ROWS) in told, "Told.\n\nMeasured: today." in told) == (
        False, True, True,
    )  # fmt: skip


def test_a_guide_without_a_place_for_the_bench_is_left_alone(tmp_path: Path):
    guide = tmp_path / "guide.md"
    guide.write_text("nothing\n")

    with pytest.raises(LookupError, match="no place for B0"):
        record.keep_table(BENCH, Outcome(ROWS), "today", guide)


def test_the_figures_are_kept_as_json(tmp_path: Path):
    path = record.keep_figures(BENCH, Outcome(ROWS[:1], {"rounds": [1, 2]}), "today", tmp_path / "bench")

    kept = orjson.loads(path.read_bytes())
    assert (kept["figures"], kept["rows"][0]["value"], kept["rows"][0]["held"]) == ({"rounds": [1, 2]}, 2.5, "held")
