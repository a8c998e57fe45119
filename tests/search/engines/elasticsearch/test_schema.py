"""The mapping of the portal's documents."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from search import analysis
from search.documents import DOCUMENTS
from search.documents.base import PortalDocument, digest
from search.documents.fields import facet, moment, prose
from search.engines.elasticsearch.schema import ANALYSERS, STEMMERS, Schema
from search.engines.fields import ClashingFields
from tests.search.notes import NoteDocument, source


def every(mapping: Any) -> Iterator[dict[str, Any]]:
    """Every mapping of a field in a mapping, however deep."""
    if isinstance(mapping, dict):
        yield mapping
        for part in mapping.values():
            yield from every(part)


def test_what_is_not_declared_is_not_taken_in() -> None:
    mappings = Schema(DOCUMENTS).mappings

    assert mappings["dynamic"] == "strict"
    assert mappings["_source"] == {"includes": ["document", "digest"]}
    assert {"title", "allow", "deny", "legal_status", "deadline"} <= mappings["properties"].keys()
    assert not [part for part in every(mappings) if "copy_to" in part]


def test_analysis_needs_nothing_but_what_every_distribution_brings() -> None:
    assert {analyser["tokenizer"] for analyser in ANALYSERS.values()} == {"standard"}
    assert {name for analyser in ANALYSERS.values() for name in analyser["filter"]} - STEMMERS.keys() == {
        "lowercase",
        "asciifolding",
    }
    assert {stemmer["type"] for stemmer in STEMMERS.values()} == {"stemmer"}


def test_an_entry_is_spelled_for_search_and_kept_as_it_was() -> None:
    given = source(1, "Ёлка, Ｃａｆé № 5", subject=[""], deadline=None)

    entry = orjson.loads(Schema([NoteDocument]).entry(given))

    assert entry["title"] == "елка  cafe   5"
    assert entry["document"] == orjson.loads(orjson.dumps(given))
    assert (entry["digest"], entry["part"], entry["body"]) == (digest(given), None, None)


def test_spelled_text_has_the_words_that_are_looked_for() -> None:
    text = "Wasser_2, H₂O/CO₂ (0.5 µm) — «Ёж» e-mail@x.org 污水处理"

    assert analysis.spelled(text).split() == [
        *("wasser", "2", "h2o", "co2", "0", "5", "μm", "еж", "e", "mail", "x", "org", "污水处理")
    ]
    assert len(analysis.spelled(text)) == len(text)


def test_the_fingerprint_tells_whether_an_index_can_be_used() -> None:
    class Other(NoteDocument):
        """As a note, with one thing more."""

        colour = facet()

    same, other = Schema([NoteDocument]), Schema([Other])

    assert Schema([NoteDocument]).fingerprint == same.fingerprint
    assert same.fingerprint != other.fingerprint


def test_kinds_that_admit_everybody_always_are_known() -> None:
    assert Schema(DOCUMENTS).always_public == {"patent", "page"}


def test_fields_that_clash_are_refused() -> None:
    class Clashing(PortalDocument):
        """Takes a name of the engine's own."""

        KIND = "clash"
        digest = moment()

    class Differing(PortalDocument):
        """Declares a shared field in another way."""

        KIND = "differ"
        summary = prose(3)

    for document in (Clashing, Differing):
        with pytest.raises(ClashingFields):
            Schema([NoteDocument, document])
