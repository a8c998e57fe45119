"""Keeping vectors true to the documents: made for new texts only, gone with what is withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from search.documents import documents_of
from search.models import DocumentVector, VersionCounter
from search.semantic.passages import KINDS, Passage, passages

if TYPE_CHECKING:
    from search.semantic.embedders import Embedder, Vectors

SCANNED = 2_000


def bring_up_to_date(embedder: Embedder, kind: str, pks: Collection[str]) -> list[DocumentVector]:
    """Embed what is new or other in these objects' texts, and empty the vectors of what is public no longer.

    The vectors of all of them as they are now. Raises ``EmbedderUnavailable``; then nothing has changed.
    """
    found = {passage.key: passage for passage in passages(kind, pks)}
    keys = {document.key_of(pk) for document in documents_of(kind) for pk in pks}
    known = {row.key: row for row in DocumentVector.objects.filter(model=embedder.name, key__in=keys)}
    changed = [each for each in found.values() if each.key not in known or known[each.key].text != each.digest]
    made = embedder.passages([passage.text for passage in changed]) if changed else ()
    gone = [key for key in keys - found.keys() if key not in known or known[key].vector]
    if not changed and not gone:
        return list(known.values())
    with transaction.atomic():
        version = VersionCounter.draw()  # until the end of this transaction nobody else draws one
        rows = [_row(embedder, passage, vector, version) for passage, vector in zip(changed, made, strict=True)]
        rows += [_empty(embedder, key, kind, version) for key in gone]
        DocumentVector.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["key", "model"],
            update_fields=["kind", "text", "vector", "version"],
        )
    return list((known | {row.key: row for row in rows}).values())


def missing(embedder: Embedder) -> Iterator[tuple[str, list[str]]]:
    """The objects without a vector by this embedder, a batch at a time: their kind and primary keys."""
    for kind in KINDS:
        [document, *_more] = documents_of(kind)
        last = 0
        while batch := list(document.rows().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:SCANNED]):
            last = batch[-1]
            keys = {document.key_of(pk): str(pk) for pk in batch}
            known = DocumentVector.objects.filter(model=embedder.name, key__in=keys).values_list("key", flat=True)
            if lacking := [pk for key, pk in keys.items() if key not in set(known)]:
                yield kind, lacking


def packed(vector: Vectors) -> bytes:
    """A vector as it is kept."""
    return vector.astype("<f2").tobytes()


def unpacked(rows: Sequence[DocumentVector]) -> Vectors:
    """Kept vectors, one a row; all of one embedder, none of them empty."""
    import numpy

    joined = numpy.frombuffer(b"".join(bytes(row.vector) for row in rows), dtype="<f2")
    return joined.astype(numpy.float32).reshape(len(rows), -1)


def _row(embedder: Embedder, passage: Passage, vector: Vectors, version: int) -> DocumentVector:
    return DocumentVector(
        key=passage.key,
        kind=passage.kind,
        model=embedder.name,
        text=passage.digest,
        vector=packed(vector),
        version=version,
    )


def _empty(embedder: Embedder, key: str, kind: str, version: int) -> DocumentVector:
    """What is kept of a document that is not public: that it has been looked at."""
    return DocumentVector(key=key, kind=kind, model=embedder.name, text="", vector=b"", version=version)
