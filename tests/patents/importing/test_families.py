"""Publications of one invention share a key, and others do not."""

from __future__ import annotations

from patents.importing.families import family_key
from patents.numbers import parse

ABSTRACT = "A membrane element in which a separation membrane is wound around a perforated water collection tube."


def test_source_family_comes_first() -> None:
    keys = {family_key(parse(number), family=" f12 ", abstract=number) for number in ("US1234567B2", "EP1234567A1")}
    assert len(keys) == 1


def test_continuations_share_their_docket() -> None:
    number = parse("US-14021325-APP")
    dockets = ("LAR-17502-1", "LAR-17502-1-CON", "LAR-17502-2")
    assert {family_key(number, docket=docket) for docket in dockets} == {"docket:LAR-17502"}


def test_same_abstract_is_the_same_invention_however_it_is_set() -> None:
    european = family_key(parse("EP3243562A1"), abstract=ABSTRACT)
    american = family_key(parse("US20170300000A1"), abstract=ABSTRACT.upper().replace(" ", "  "))
    assert european == american


def test_short_abstracts_prove_nothing() -> None:
    assert family_key(parse("EP1234567A1"), abstract="A pump.") != family_key(parse("EP7654321A1"), abstract="A pump.")


def test_application_and_grant_of_a_number_belong_together() -> None:
    assert family_key(parse("EP1234567A1")) == family_key(parse("EP1234567B1")) == "document:EP-1234567"
