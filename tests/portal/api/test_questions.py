"""What no list and no search takes is refused by name, rather than another question answered."""

from __future__ import annotations

import pytest

from tests.challenges import scenes
from tests.factories.discussions import RoomFactory
from tests.portal.api.conftest import problem_of

pytestmark = pytest.mark.django_db
LISTS = ("challenges", "patents", "licence-offers", "ventures")


def refused(program, path: str) -> str:
    """The field that the refusal names."""
    answer = program.get(path)
    assert problem_of(answer)[0] == 400
    [error] = answer.json()["errors"]
    return error["field"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "limit=", "state=melted", "colour=red"])
def test_what_no_list_takes_is_refused_by_name(visitor, path, query) -> None:
    assert refused(visitor, f"{path}?{query}") == query.split("=")[0]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("after", ["", "nonsense", "W10", "WzEsMl0", "x" * 401])
def test_a_cursor_that_nobody_gave_out_is_refused(visitor, path, after) -> None:
    assert refused(visitor, f"{path}?after={after}") == "after"


def test_a_cursor_of_another_list_is_refused(visitor, organisation) -> None:
    for _ in range(2):
        scenes.open_challenge(organisation)
    cursor = visitor.get("challenges?limit=1").json()["next"]

    assert visitor.get(f"challenges?after={cursor}").status_code == 200
    assert refused(visitor, f"patents?after={cursor}") == "after"


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("name", ["limit", "after", "state"])
def test_what_is_said_twice_is_refused(visitor, path, name) -> None:
    assert refused(visitor, f"{path}?{name}=1&{name}=2") == name


@pytest.mark.parametrize("query", ["after=-1", "after=x", "after=", "after=1&after=2", "limit=5"])
def test_a_room_is_read_from_a_number(visitor, query) -> None:
    assert refused(visitor, f"rooms/{RoomFactory().public_id}/messages?{query}") == query.split("=")[0]


@pytest.mark.parametrize(
    "query",
    [
        "kind=miracle",
        "kind=challenge&kind=miracle",
        "kind=",
        "sort=price",
        "sort=",
        "sort=newest&sort=newest",
        "page=0",
        "page=x",
        "page=51",
        "page=11&size=100",
        "size=101",
        "size=-1",
        "q=a&q=b",
        "colour=red",
        "limit=1",
        "reward_from=much",
        "reward_to=-1",
        "reward_to=1e99999999",
        "deadline_from=soon",
        "date_to=2026-02-30",
        "date_to=2026-02-01&date_to=2026-02-01",
        "q=kind:miracle",
    ],
)
def test_a_search_that_makes_no_sense_is_refused(visitor, query) -> None:
    *_others, last = query.split("&")
    named = query.split("=")[0] if "page" in query else last.split("=")[0]

    assert refused(visitor, f"search?{query}") == named


@pytest.mark.parametrize("words", ["x" * 257, "+".join(f"w{n}" for n in range(17)), "+".join(["word"] * 2_001)])
def test_a_question_that_is_too_long_is_refused(visitor, words) -> None:
    assert refused(visitor, f"search?q={words}") == "q"


def test_too_many_values_of_a_facet_are_refused(visitor) -> None:
    assert refused(visitor, f"search?{'&'.join(f'country=X{n}' for n in range(21))}") == "country"


@pytest.mark.parametrize(
    ("query", "field"), [("kind=mail", "kind"), ("size=0", "size"), ("size=x", "size"), ("page=2", "page")]
)
def test_things_alike_are_asked_for_in_order_too(visitor, organisation, query, field) -> None:
    challenge = scenes.open_challenge(organisation)

    assert refused(visitor, f"search/similar/challenge/{challenge.slug}?{query}") == field


def test_suggestions_take_words_alone(visitor) -> None:
    assert refused(visitor, "search/suggest?q=a&kind=patent") == "kind"
    assert refused(visitor, "search/suggest?q=a&q=b") == "q"


def test_what_makes_sense_is_answered(visitor) -> None:
    chosen = "kind=challenge&kind=patent&country=DE&country=FR&date_from=2026-01-01&reward_to=5"

    assert visitor.get(f"search?q=fan&sort=newest&page=10&size=100&{chosen}").status_code == 200
