"""The first visitor of an empty portal, and nobody after them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from portal.accounts.actions import appoint_first_person
from portal.accounts.models import FirstPerson, User
from portal.kernel.errors import Refused
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

GIVEN = {"display_name": "Mara", "email": "Mara@example.org", "password": PASSWORD}


@pytest.mark.parametrize("path", ["/", "/account/signup/"])
def test_empty_portal_leads_to_its_beginning(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == "/account/first/"


def test_first_visitor_becomes_master_and_is_signed_in(client: Client) -> None:
    answer = client.post("/account/first/", GIVEN)

    mara = User.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert (mara.email, mara.is_platform_master, mara.has_verified_email) == ("mara@example.org", True, True)
    assert client.session["_auth_user_id"] == str(mara.pk)


def test_second_visitor_finds_nothing(client: Client) -> None:
    UserFactory()

    assert client.get("/account/first/").status_code == 404
    assert client.post("/account/first/", GIVEN).status_code == 404


@pytest.mark.parametrize("origin", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}])
def test_embedded_portal_begins_on_its_own_machine(client: Client, origin: dict[str, Any], settings: Any) -> None:
    settings.EMBEDDED = True

    assert client.get("/account/first/", **origin).status_code == 404
    assert client.post("/account/first/", GIVEN, **origin).status_code == 404
    assert not User.objects.exists()


def test_served_portal_begins_from_anywhere(client: Client, settings: Any) -> None:
    settings.EMBEDDED = False

    assert client.get("/account/first/", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_place_of_the_first_is_taken_once() -> None:
    FirstPerson.objects.create(pk=FirstPerson.ONLY)

    with pytest.raises(Refused):
        appoint_first_person(email="b@example.org", password=PASSWORD, display_name="B")

    assert not User.objects.exists()


def test_common_password_is_refused(client: Client) -> None:
    answer = client.post("/account/first/", {**GIVEN, "password": "password1234"})

    assert answer.context["form"].errors.keys() == {"password"}
    assert not User.objects.exists()
