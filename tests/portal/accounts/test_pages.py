"""Pages of people: who sees whom, and at what cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.face import panels
from tests.factories.accounts import SkillFactory, UserFactory


def test_list_shows_public_profiles_only(client: Client, db: None) -> None:
    UserFactory(display_name="Paula Public")
    UserFactory(display_name="Pia Private", profile__is_public=False)
    UserFactory(display_name="Ina Inactive", is_active=False)

    shown = client.get("/people/").content.decode()

    assert [name in shown for name in ("Paula Public", "Pia Private", "Ina Inactive")] == [True, False, False]


def test_list_is_narrowed_by_skill_and_words(client: Client, db: None) -> None:
    welding = SkillFactory(name="Welding", slug="welding")
    welder = UserFactory(display_name="Wanda Welder")
    welder.profile.skills.add(welding)
    UserFactory(display_name="Otto Other")

    by_skill = client.get("/people/?skill=welding").content.decode()
    by_words = client.get("/people/?q=otto").content.decode()

    assert ("Wanda" in by_skill, "Otto" in by_skill) == (True, False)
    assert ("Wanda" in by_words, "Otto" in by_words) == (False, True)


def test_list_goes_on_page_by_page(client: Client, db: None) -> None:
    UserFactory.create_batch(23)

    first = client.get("/people/")
    second = client.get(f"/people/?after={first.context['page'].next}")

    ids = [person.pk for answer in (first, second) for person in answer.context["page"].items]
    assert (len(ids), len(set(ids))) == (23, 23)


def test_list_costs_the_same_for_one_and_three(client: Client, db: None, django_assert_max_num_queries: Any) -> None:
    costs = []
    for number in (1, 2):
        UserFactory.create_batch(number)
        with django_assert_max_num_queries(6) as asked:
            client.get("/people/")
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_private_person_is_missing_to_strangers(
    client: Client, colleague: User, owner: User, rival: User, master: User
) -> None:
    colleague.profile.is_public = False
    colleague.profile.save()
    path = colleague.get_absolute_url()
    seen = {"nobody": client.get(path).status_code}
    for person in (colleague, owner, rival, master):
        client.force_login(person)
        seen[person.display_name] = client.get(path).status_code

    assert seen == {"nobody": 404, "Colin Colleague": 200, "Olga Owner": 200, "Rita Rival": 404, "Mara Master": 200}


@pytest.mark.parametrize("path", ["/people/x/", "/people/%00/", "/organisations/no-such/"])
def test_guess_and_absence_look_alike(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_other_apps_show_what_they_know(client: Client, creator: User) -> None:
    panels.PERSON.register("test", lambda request, person: f"{person} built a bridge")
    try:
        shown = client.get(creator.get_absolute_url()).content.decode()
    finally:
        del panels.PERSON.panels["test"]

    assert "Cleo Creator built a bridge" in shown


@pytest.mark.parametrize(
    "path",
    [
        "/account/profile/",
        "/account/email/",
        "/account/password/change/",
        "/account/2fa/",
        "/account/sessions/",
        "/notifications/",
        "/notifications/preferences/",
        "/organisations/new/",
    ],
)
def test_pages_of_ones_own_ask_who_one_is(client: Client, creator: User, path: str) -> None:
    assert client.get(path)["Location"].startswith("/account/login/")
    client.force_login(creator)
    answer = client.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/account/login/", "/account/signup/", "/account/password/reset/", "/account/confirm-email/"]
)
def test_entrances_are_open(client: Client, creator: User, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "title"), [("/account/login/", "Sign in"), ("/account/password/reset/", "Forgotten password")]
)
def test_entrances_speak_as_the_portal_does(client: Client, creator: User, path: str, title: str) -> None:
    page = " ".join(client.get(path).content.decode().split())

    assert f"<title> {title} –" in page or f"<title>{title} –" in page
    assert f"<h1> {title} </h1>" in page or f"<h1>{title}</h1>" in page
    assert "contact us" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/organisations/acme/transitions/",
        "/organisations/acme/leave/",
        "/notifications/read/",
        "/organisations/invitations/x/withdraw/",
    ],
)
def test_reading_changes_nothing(client: Client, owner: User, path: str) -> None:
    client.force_login(owner)

    assert client.get(path).status_code == 405
