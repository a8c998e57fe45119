from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from portal.face import navigation
from portal.face.navigation import NavItem, NavLink


@pytest.fixture(autouse=True)
def only_own_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})


@pytest.fixture
def request_home(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/styleguide/toast/")
    request.user = AnonymousUser()
    return request


def test_links_stand_in_order_and_know_where_they_are(request_home: HttpRequest) -> None:
    navigation.register(NavItem("Second", "account_login", order=20))
    navigation.register(NavItem("First", "styleguide", "flag", order=10))

    assert navigation.links("primary", request_home) == [
        NavLink("First", "/styleguide/", "flag", current=True, count=0),
        NavLink("Second", "/account/login/", "", current=False, count=0),
    ]


def test_item_is_left_out_where_its_address_is_not_wired(request_home: HttpRequest) -> None:
    navigation.register(NavItem("Nowhere", "nobody:knows"))

    assert navigation.links("primary", request_home) == []


def test_item_for_people_signed_in_is_not_shown_to_strangers(request_home: HttpRequest) -> None:
    navigation.register(NavItem("Desk", "styleguide", visible=navigation.signed_in))

    assert navigation.links("primary", request_home) == []


def test_count_is_asked_only_for_the_place_that_is_shown(request_home: HttpRequest) -> None:
    asked: list[HttpRequest] = []

    def count(request: HttpRequest) -> int:
        asked.append(request)
        return len(asked)

    navigation.register(NavItem("Bell", "styleguide", place="header", count=count))

    assert navigation.links("primary", request_home) == []
    assert asked == []
    assert [link.count for link in navigation.links("header", request_home)] == [1]


def test_item_of_the_same_address_takes_the_place_of_the_first(request_home: HttpRequest) -> None:
    navigation.register(NavItem("Old", "styleguide"))
    navigation.register(NavItem("New", "styleguide"))

    assert [link.label for link in navigation.links("primary", request_home)] == ["New"]


def test_unknown_place_is_refused() -> None:
    with pytest.raises(ValueError, match="no such place: 'cellar'"):
        navigation.register(NavItem("X", "styleguide", place="cellar"))


@pytest.mark.parametrize(
    ("url", "path", "current"),
    [("/", "/", True), ("/", "/people/", False), ("/people/", "/people/x/", True), ("/people/", "/patents/", False)],
)
def test_is_current(url: str, path: str, current: bool) -> None:
    assert navigation.is_current(url, path) is current
