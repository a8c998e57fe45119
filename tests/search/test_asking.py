"""From an address to a request: what is typed among the words, ranges, and what makes no sense."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from search.addresses import url_of, words_of
from search.asking import request_from
from search.requests import SearchRequest
from search.typed import taken_from

pytestmark = pytest.mark.django_db


def asked(query: str) -> SearchRequest:
    return request_from(QueryDict(query), AnonymousUser())[0]


@pytest.mark.parametrize(
    ("text", "left", "chosen"),
    [
        ("is:open membranes", "membranes", {"state": ["open"]}),
        ("membranes IS:Open", "membranes", {"state": ["open"]}),
        ("cpc:B01D61/02", "", {"subject": ["B01D"]}),
        ("country:cn country:DE pumps", "pumps", {"country": ["CN", "DE"]}),
        ('status:"in force"', "", {"legal_status": ["in force"]}),
        ("kind:patent year:2019", "", {"kind": ["patent"], "year": ["2019"]}),
        ("-is:open", "-is:open", {}),
        ("this:open", "this:open", {}),
        ("allow:public deny:x", "allow:public deny:x", {}),
        ("is:", "is:", {}),
        ('"is:open"', '"is:open"', {}),
    ],
)
def test_filters_are_taken_out_of_what_is_typed(text: str, left: str, chosen: dict[str, list[str]]) -> None:
    assert taken_from(text) == (left, chosen)


def test_what_is_typed_is_the_same_as_what_is_clicked() -> None:
    typed = asked("q=kind:challenge+is:open+country:cn+pump")

    assert typed == asked("q=pump&kind=challenge&state=open&country=CN")
    assert words_of(typed) == [("q", "pump"), ("kind", "challenge"), ("state", "open"), ("country", "CN")]


@pytest.mark.parametrize(
    ("query", "ends"),
    [
        ("reward_from=1000", ("1000", "")),
        ("reward_from=1,000&reward_to=5 000", ("1000", "5000")),
        ("reward_from=5000&reward_to=1000", ("1000", "5000")),
        ("deadline_to=2026-05-31", ("", "2026-05-31")),
        ("deadline_from=2026-06-01&deadline_to=2026-05-31", ("2026-05-31", "2026-06-01")),
        ("date_from=20260531", ("2026-05-31", "")),
    ],
)
def test_ranges_are_understood(query: str, ends: tuple[str, str]) -> None:
    request = asked(query)

    assert [(span.low, span.high) for span in request.spans] == [ends]
    assert asked(url_of(request).partition("?")[2]) == request


@pytest.mark.parametrize(
    "query",
    [
        *(
            "reward_from=much",
            "reward_from=-5",
            "reward_to=1e99",
            "reward_to=1e99999999",
            "reward_to=NaN",
            "reward_to=Infinity",
        ),
        *("reward_from=" + "9" * 400, "deadline_from=tomorrow", "date_to=2026-13-45", "date_to=%00"),
    ],
)
def test_an_end_that_is_none_is_left_open_and_said(query: str) -> None:
    request, notes = request_from(QueryDict(query), AnonymousUser())

    assert request.spans == ()
    assert len(notes) == 1


def test_an_empty_end_is_no_mistake() -> None:
    request, notes = request_from(QueryDict("reward_from=&reward_to="), AnonymousUser())

    assert (request.spans, notes) == ((), [])


def test_a_range_is_named_by_its_ends(settings: Any) -> None:
    spans = asked("reward_from=1000&deadline_from=2026-05-01&deadline_to=2026-05-31&date_to=2026-05-31").spans

    assert [str(span) for span in spans] == [
        "Reward from 1,000",
        "Deadline 1 May 2026 – 31 May 2026",
        "Date up to 31 May 2026",
    ]
