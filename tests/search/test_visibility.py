"""For every viewer, what the index admits is exactly what the rules allow: documents, totals and counts."""

from collections import Counter
from typing import Any

import pytest

from portal.kernel import kinds
from search import engines
from search.authorise import visible_rows
from search.documents import DOCUMENTS, KINDS, documents_of, sources_of
from search.documents.base import Audience, field_names
from search.documents.tokens import tokens_of
from search.engines.port import Found
from search.queries import result_page
from search.rebuild import rebuild
from search.requests import DEEPEST_HIT, SearchRequest
from tests.search import world as worlds
from tests.search.world import World

VIEWERS = [
    *("nobody", "master", "owner", "colleague", "rival", "founder", "solver", "mate"),
    *("invited", "reviewer", "conflicted", "gone"),
]


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def fresh(user: Any) -> Any:
    """The person as the next request reads them."""
    return type(user).objects.get(pk=user.pk) if user.pk else user


def admitted(kind: str, tokens: frozenset[str]) -> Counter[str]:
    """How many documents of each object of a kind admit a holder of these tokens."""
    found: Counter[str] = Counter()
    for row in documents_of(kind)[0].rows():
        for source in sources_of(row, kind):
            if Audience(frozenset(source["allow"]), frozenset(source["deny"])).admits(tokens):
                found[str(row.pk)] += 1
    return found


def findable(kind: str, user: Any) -> set[str]:
    """What the rules let the user see of a kind, as far as it can be found at all."""
    rows = {str(pk) for pk in documents_of(kind)[0].rows().values_list("pk", flat=True)}
    return rows & {str(pk) for pk in visible_rows(kind, user).values_list("pk", flat=True)}


def test_documents_admit_whom_the_rules_admit_and_each_viewer_once(world: World) -> None:
    for viewer in VIEWERS:
        user = fresh(world[viewer])
        tokens = tokens_of(user)
        for kind in KINDS:
            assert admitted(kind, tokens) == Counter(findable(kind, user)), (viewer, kind)


def test_the_rule_of_each_kind_agrees_with_what_its_documents_admit(world: World) -> None:
    for viewer in ("nobody", "owner", "mate", "invited", "reviewer", "conflicted"):
        user = fresh(world[viewer])
        for kind in KINDS:
            known = kinds.get(kind)
            seen = {str(row.pk) for row in documents_of(kind)[0].rows() if known.can_view(user, row)}
            assert set(admitted(kind, tokens_of(user))) == seen, (viewer, kind)


@pytest.mark.usefixtures("portal_engine")
def test_totals_and_counts_of_every_viewer_are_exact(world: World) -> None:
    rebuild()
    for viewer in VIEWERS:
        user = fresh(world[viewer])
        visible = {kind: findable(kind, user) for kind in KINDS}

        found: Found = engines.current().search(SearchRequest(tokens=tokens_of(user), size=DEEPEST_HIT))

        assert found.total == sum(map(len, visible.values())), viewer
        assert found.facets["kind"] == {kind: len(pks) for kind, pks in visible.items() if pks}, viewer
        assert {(hit.kind, hit.pk) for hit in found.hits} == {(k, pk) for k, pks in visible.items() for pk in pks}


@pytest.mark.usefixtures("portal_engine")
def test_counts_of_a_facet_equal_the_rows(world: World) -> None:
    rebuild()
    owner = fresh(world["owner"])
    states = Counter(row.state for row in visible_rows("challenge", owner))

    page = result_page(SearchRequest(tokens=tokens_of(owner), kinds=("challenge",)), owner)

    facet = page.facet("state")
    assert facet is not None
    assert {value.value: value.count for value in facet.values} == dict(states)


def test_no_document_that_strangers_read_holds_what_only_some_may(world: World) -> None:
    """Terms of offers, confidential parts, bodies, drafts, and who the solvers are."""
    secrets = ("Ten per cent.", "The bearing is made by us.", "The body of the answer.", "Solver", "Wanted by")
    for kind in KINDS:
        if kind == "person":
            continue
        for row in documents_of(kind)[0].rows():
            for source in sources_of(row, kind):
                if "public" in source["allow"]:
                    assert not [secret for secret in secrets if secret in str(source)], source["key"]


def test_submissions_for_outside_readers_hold_no_sealed_body_and_no_name(world: World) -> None:
    for row in documents_of("submission")[0].rows():
        for source in sources_of(row, "submission"):
            sealed = row.challenge.state == "open"
            if source["part"] != "team":
                assert "Person" not in str(source)
            if source["part"] == "abstract" or (source["part"] == "body" and sealed):
                assert "The body of the answer." not in str(source)


def test_every_document_fills_exactly_its_mapping_without_a_query_a_row(
    world: World, django_assert_num_queries: Any
) -> None:
    for document in DOCUMENTS:
        rows = [row for row in document.rows() if document.eligible(row)]
        with django_assert_num_queries(0):
            sources = [document.source(row) for row in rows]

        assert rows, document
        assert {frozenset(source) for source in sources} == {frozenset(field_names(document))}
        assert [source["key"] for source in sources] == [document.key_of(row.pk) for row in rows]
        assert all(source["title"] for source in sources)
