"""Challenges of other platforms come in once, safely, whatever the file holds."""

from __future__ import annotations

import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from challenges.importing.mapping import moment
from challenges.models import Challenge

pytestmark = pytest.mark.django_db

ROWS: list[Any] = [
    {
        "source": "challenge.gov", "id": "cg-1", "title": "Haptic interfaces", "summary": "Help responders.",
        "description_html": "<p onclick=x>Need</p><script>alert(1)</script>", "prize": 425000, "currency": "USD",
        "opens": "03/18/2019 12:00 AM", "closes": "04/22/2019", "url": "javascript:alert(1)",
    },
    {"source": "eu-funding-2026", "id": "X-1", "title": "Euro", "closes": "2190-07-17", "description": "a <b>\nc"},
]  # fmt: skip


def _run(path: Path) -> dict[str, Any]:
    out = StringIO()
    call_command("import_challenges", str(path), stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


def _jsonl(tmp_path: Path, lines: list[str]) -> Path:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def test_import_twice_changes_nothing(tmp_path: Path) -> None:
    path = _jsonl(tmp_path, [json.dumps(row) for row in ROWS])
    first, second = _run(path), _run(path)
    assert (first["created"], second["created"], second["unchanged"]) == (2, 0, 2)


def test_rows_are_made_safe_and_dated(tmp_path: Path) -> None:
    _run(_jsonl(tmp_path, [json.dumps(row) for row in ROWS]))
    past, ahead = Challenge.objects.order_by("source")
    assert (past.state, past.problem_html, past.source_url) == ("archived", "<p>Need</p>", "")
    assert (ahead.state, ahead.problem_html) == ("open", "<p>a &lt;b&gt;</p><p>c</p>")
    assert past.rewards.get().amount.amount == 425000


def test_hostile_rows_are_set_aside(tmp_path: Path) -> None:
    bad = ["not json", "[1]", "[" * 50_000, '{"id": "1"}', json.dumps(ROWS[0])]
    summary = _run(_jsonl(tmp_path, bad))
    assert (summary["created"], summary["rejected"]) == (1, 4)
    assert len(Path(summary["rejects_file"]).read_text().splitlines()) == 4


def test_file_without_a_challenge_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        _run(_jsonl(tmp_path, ["nothing"]))


@pytest.mark.parametrize("text", ["2011-03-09", "03/09/2011", "03/09/2011 12:00 AM", "09.03.2011", "20110309"])
def test_dates_of_every_source(text: str) -> None:
    found = moment(text)
    assert found is not None
    assert found.date().isoformat() == "2011-03-09"
