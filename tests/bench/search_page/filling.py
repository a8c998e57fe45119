"""Fills the portal's database and index with the corpus, and writes down what the bench is to ask.

A program of its own, for it runs inside the portal's settings. Arguments: how many patents, and the file for what is
to be asked. Rows go in by COPY; documents go through the engine's port, and are those that the portal itself would
have made of the rows: the first of them are compared.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

import orjson  # noqa: E402 - apps must be ready first
from django.db import connection  # noqa: E402

from patents.enums import PartyRole, Scheme  # noqa: E402
from search import engines  # noqa: E402
from search.documents.patents import PatentDocument  # noqa: E402
from search.engines.port import Put, Rebuild  # noqa: E402
from search.models import VersionCounter  # noqa: E402
from tests.bench.search_page.corpus import Corpus, SyntheticPatent  # noqa: E402
from tests.bench.search_page.plan import written_plan  # noqa: E402

BATCH = 5_000
COMPARED = 50
MADE = datetime(2026, 1, 1, tzinfo=UTC)
PATENT = (
    "id created_at updated_at number country document_number kind_code title abstract language claims legal_status"
    " publication_date sort_date application_number family_key status_source status_code source source_licence"
)

Row = Sequence[Any]


def fill(count: int, corpus: Corpus) -> None:
    """The rows and the documents of ``count`` patents, the index of the first batch written beside the next rows."""
    places = {symbol: place for place, symbol in enumerate(corpus.symbols, 1)}
    copy("patents_classification", "id scheme symbol title", ((n, Scheme.CPC, s, "") for s, n in places.items()))
    version, waiting = VersionCounter.draw(), None
    with engines.current().rebuild() as fresh, ThreadPoolExecutor(1) as beside:
        for batch in batches(corpus.patents(count)):
            copy_patents(batch, places)
            writing = beside.submit(write, fresh, batch, version)
            finish(waiting)
            waiting = writing
            print(f"{batch[-1].place:,} of {count:,}", flush=True)
        finish(waiting)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    compare(islice(corpus.patents(count), COMPARED))


def batches(patents: Iterator[SyntheticPatent]) -> Iterator[list[SyntheticPatent]]:
    while batch := list(islice(patents, BATCH)):
        yield batch


def finish(waiting: Future[None] | None) -> None:
    if waiting is not None:
        waiting.result()


def copy_patents(batch: Sequence[SyntheticPatent], places: dict[str, int]) -> None:
    """The rows of a batch: patents, their applicants, the classes they are in."""
    copy("patents_patent", PATENT, map(patent_row, batch))
    parties = ((each.place, each.place, PartyRole.APPLICANT, each.applicant, 0) for each in batch)
    copy("patents_patentparty", "id patent_id role name sequence", parties)
    classed = (
        (3 * each.place + n, each.place, places[symbol], n) for each in batch for n, symbol in enumerate(each.symbols)
    )
    copy("patents_patentclassification", "id patent_id classification_id sequence", classed)


def patent_row(each: SyntheticPatent) -> Row:
    claims = orjson.dumps(each.claims).decode()
    known = (each.place, MADE, MADE, each.number, each.office, each.serial, each.kind, each.title, each.abstract)
    return (*known, each.language, claims, each.status, each.published, each.published, *[""] * 6)


def copy(table: str, columns: str, rows: Iterable[Row]) -> None:
    statement = f"COPY {table} ({columns.replace(' ', ', ')}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as target:
        for row in rows:
            target.write_row(row)


def write(fresh: Rebuild, batch: Sequence[SyntheticPatent], version: int) -> None:
    fresh.write([Put(PatentDocument.key_of(each.place), version, source_of(each)) for each in batch])


def source_of(each: SyntheticPatent) -> dict[str, Any]:
    """The document of a patent, as ``PatentDocument.source`` makes it of its row."""
    joined = f"{each.office}{each.serial}"
    shapes = (each.number, f"{joined}{each.kind}", joined, each.serial)
    return {
        "key": PatentDocument.key_of(each.place),
        "kind": PatentDocument.KIND,
        "part": "",
        "allow": ["public"],
        "deny": [],
        "title": each.title,
        "summary": each.abstract,
        "body": "\n".join(each.claims),
        "context": ", ".join((*shapes, each.applicant, *each.symbols)),
        "updated_at": datetime.combine(each.published, time(), UTC),
        "legal_status": each.status,
        "office": each.office,
        "year": str(each.published.year),
        "applicant": [each.applicant],
        "subject": sorted({symbol[:4] for symbol in each.symbols}),
        "language": each.language,
    }


def compare(patents: Iterable[SyntheticPatent]) -> None:
    """Raise unless the portal makes the same documents of the rows."""
    ours = {each.place: source_of(each) for each in patents}
    theirs = {row.pk: PatentDocument.source(row) for row in PatentDocument.rows().filter(pk__in=ours)}
    if ours != theirs:
        raise RuntimeError(f"the portal would make other documents: {ours[1]} {theirs.get(1)}")


if __name__ == "__main__":
    size, plan = int(sys.argv[1]), Path(sys.argv[2])
    made = Corpus()
    fill(size, made)
    plan.write_bytes(written_plan(made))
