"""Whatever the crowd, what is found, counted, suggested and matched is what the rules allow, exactly."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from portal.kernel import kinds
from search import engines
from search.authorise import visible_rows
from search.documents import KINDS, documents_of, sources_of
from search.documents.tokens import tokens_of
from search.matching import matches
from search.queries import related
from search.rebuild import rebuild
from search.requests import DEEPEST_HIT, SearchRequest
from tests.search.crowd import WORDS, Crowd

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("portal_engine")]

SIZES = [
    pytest.param(15, 150, id="a few"),
    pytest.param(200, 2_000, id="many", marks=[pytest.mark.faults, pytest.mark.timeout(1_800)]),
]
SEED = int(os.environ.get("CROWD_SEED", "20261127"))
Keys = dict[str, dict[str, str]]


def fresh(user: Any) -> Any:
    """The person as the next request reads them."""
    return type(user).objects.get(pk=user.pk) if user.pk else user


def states_of(kind: str) -> dict[str, str]:
    """The state that each thing of a kind says of itself, of those that can be found at all."""
    found = {}
    for row in documents_of(kind)[0].rows():
        for source in sources_of(row, kind):
            found[str(row.pk)] = source.get("state") or ""
    return found


def allowed(kind: str, user: Any, known: dict[str, str]) -> set[str]:
    """What the rules let the user see of what can be found."""
    return known.keys() & {str(pk) for pk in visible_rows(kind, user).values_list("pk", flat=True)}


@pytest.mark.parametrize(("people", "things"), SIZES)
def test_what_is_found_and_counted_is_what_the_rules_allow(people: int, things: int) -> None:
    crowd = Crowd(SEED, people, things)
    rebuild()
    known = {kind: states_of(kind) for kind in KINDS}
    assert sum(map(len, known.values())) >= things

    for person in crowd.people:
        user = fresh(person)
        tokens = tokens_of(user)
        visible = {kind: allowed(kind, user, known[kind]) for kind in KINDS}
        everything = engines.current().search(SearchRequest(tokens=tokens))

        assert everything.total == sum(map(len, visible.values())), user
        assert everything.facets["kind"] == {kind: len(pks) for kind, pks in visible.items() if pks}, user
        for kind, pks in visible.items():
            found = engines.current().search(SearchRequest(tokens=tokens, kinds=(kind,), size=DEEPEST_HIT))
            reached = {hit.pk for hit in found.hits}
            assert (reached == pks) if len(pks) <= DEEPEST_HIT else (reached < pks), (user, kind)
            assert (len(found.hits), found.total) == (min(len(pks), DEEPEST_HIT), len(pks)), (user, kind)
            states = Counter(state for pk in pks if (state := known[kind][pk]))
            assert found.facets.get("state", {}) == dict(states), (user, kind)


def test_the_rules_of_single_things_say_the_same() -> None:
    """The rule for one thing, asked of a sample of pairs, agrees with what a search shows."""
    crowd = Crowd(SEED + 1, 15, 150)
    rebuild()
    for person in crowd.random.sample(crowd.people, 10):
        user = fresh(person)
        for kind in KINDS:
            rows = list(documents_of(kind)[0].rows())
            sample = crowd.random.sample(rows, min(10, len(rows)))
            request = SearchRequest(tokens=tokens_of(user), kinds=(kind,), size=DEEPEST_HIT)
            found = {hit.pk for hit in engines.current().search(request).hits}
            seen = {str(row.pk) for row in sample if kinds.get(kind).can_view(user, row)}
            assert found & {str(row.pk) for row in sample} == seen, (user, kind)


@pytest.mark.parametrize(("people", "things"), SIZES)
def test_suggested_similar_and_matching_are_of_the_public_part(people: int, things: int) -> None:
    crowd = Crowd(SEED + 2, people, things)
    rebuild()
    nobody = AnonymousUser()
    public = {kind: {str(pk) for pk in visible_rows(kind, nobody).values_list("pk", flat=True)} for kind in KINDS}
    known = {kind: states_of(kind) for kind in KINDS}

    shown = {(hit.kind, hit.pk) for word in WORDS for hit in engines.current().suggest(word[:3], (), 20)}
    some = crowd.random.sample([each for made in crowd.made.values() for each in made], things // 10)
    beside = [shown_beside(obj) for obj in some if documents_of(kinds.of(obj).name)]

    allowed_to_all = {(kind, pk) for kind in KINDS for pk in public[kind] & known[kind].keys()}
    assert shown - allowed_to_all == set()
    assert set().union(*beside) - allowed_to_all == set()
    assert len(shown) > things // 50, "something is suggested"
    assert sum(map(bool, beside)) > len(beside) // 2, "and something stands beside most things"


def shown_beside(obj: Model) -> set[tuple[str, str]]:
    """What its page shows beside a thing: what speaks of the same, and what fits it."""
    fitting = (match.shown.hit for group in matches(obj) for match in group.matches)
    return {(hit.kind, str(hit.obj.pk)) for hit in (*related(obj), *fitting)}
