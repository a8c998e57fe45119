from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.formats import date_format

from portal.face import views
from portal.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def test_missing_page_says_so_inside_the_portals_frame(client: Client) -> None:
    answer = client.get("/nothing/here/at/all/")

    assert answer.status_code == 404
    assert "Nothing here" in answer.content.decode()
    assert 'class="site-header"' in answer.content.decode()


def test_stale_form_is_explained() -> None:
    answer = Client(enforce_csrf_checks=True).post("/styleguide/", {"title": "x"})

    assert answer.status_code == 403
    assert "This form has gone stale" in answer.content.decode()


def test_broken_page_needs_neither_request_nor_database(rf: RequestFactory, django_db_blocker: Any) -> None:
    with django_db_blocker.block():
        answer = views.broken(rf.get("/"))

    assert answer.status_code == 500
    assert "Something broke" in answer.content.decode()


@pytest.mark.parametrize("code", [400, 403, 404, 409, 413, 429, 503])
def test_every_error_page_can_be_shown(client: Client, code: int) -> None:
    request = client.get("/nothing/").wsgi_request

    assert f'<p class="kicker">{code}</p>' in render_to_string(f"{code}.html", request=request)


def test_toasts_of_a_fragment_carry_the_messages_and_escape_them() -> None:
    html = render_to_string("face/_toasts.html", {"messages": [Message(constants.ERROR, "<b>No</b>")]})

    assert 'hx-swap-oob="beforeend:#toasts"' in html
    assert 'data-toast="error" role="alert"' in html
    assert "&lt;b&gt;No&lt;/b&gt;" in html


@pytest.mark.parametrize(
    ("came_from", "way_back"),
    [
        ("http://testserver/challenges/", "http://testserver/challenges/"),
        ("https://elsewhere.example/trap/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_way_back_from_a_refusal_stays_in_the_portal(rf: RequestFactory, came_from: str, way_back: str) -> None:
    request = rf.get("/somewhere/", headers={"referer": came_from})
    request.user = AnonymousUser()

    html = render_to_string("refused.html", {"refused": Refused("Not like this.")}, request)

    assert "Not like this." in html
    assert f'<a href="{way_back}" class="button button--primary">Go back</a>' in html


def test_a_database_that_is_away_is_said_with_when_to_come_back(client, monkeypatch) -> None:
    from django.db import OperationalError

    def away(*args: object, **named: object) -> None:
        raise OperationalError("secret address refused")

    monkeypatch.setattr("challenges.views.lists.render", away)
    client.raise_request_exception = False

    answer = client.get("/challenges/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert b"Back in a moment" in answer.content
    assert b"secret" not in answer.content


def test_english_dates_are_written_one_way() -> None:
    assert date_format(date(2026, 3, 5), "DATE_FORMAT") == "5 Mar 2026"
