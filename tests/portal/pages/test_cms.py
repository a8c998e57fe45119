"""The CMS: signed in through the portal, its rights following the roles of the portal."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.accounts.actions import erase_person
from portal.accounts.models import User
from portal.pages.models import ContentPage, HomePage
from tests.factories.accounts import UserFactory


def groups(user: User) -> list[str]:
    return sorted(user.groups.values_list("name", flat=True))


def test_rights_follow_the_role(db: None) -> None:
    person = UserFactory()
    assert groups(person) == []

    for staff, master, expected in (
        (True, False, ["Editors"]),
        (True, True, ["Editors", "Moderators"]),
        (False, True, ["Editors", "Moderators"]),
        (False, False, []),
    ):
        person.is_staff, person.is_platform_master = staff, master
        person.save()
        assert groups(person) == expected


def test_master_made_at_once_is_a_moderator(master: User) -> None:
    assert groups(master) == ["Editors", "Moderators"]


def test_erased_editor_is_out(db: None) -> None:
    editor = UserFactory(is_staff=True)

    erase_person(editor, actor=editor)

    assert groups(editor) == []


def test_cms_signs_in_through_the_portal(client: Client, db: None) -> None:
    led = client.get("/cms/pages/", follow=True)

    assert led.redirect_chain[-1] == ("/account/login/?next=/cms/pages/", 302)


@pytest.mark.parametrize("role", ["owner", "creator"])
def test_for_others_there_is_no_cms(client: Client, role: str, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(role))

    assert client.get("/cms/", follow=True).status_code == 404


@pytest.mark.parametrize("path", ["/cms/", "/cms/pages/", "/cms/images/", "/cms/documents/", "/cms/images/add/"])
def test_master_edits(client: Client, master: User, path: str) -> None:
    client.force_login(master)

    assert client.get(path, follow=True).status_code == 200


def test_master_opens_the_home_page_to_edit(client: Client, master: User) -> None:
    client.force_login(master)
    home = HomePage.objects.get(locale__language_code="en")

    assert client.get(f"/cms/pages/{home.pk}/edit/").status_code == 200


def test_master_translates_a_page(client: Client, master: User) -> None:
    client.force_login(master)
    about = ContentPage.objects.get(slug="about")
    chinese = HomePage.objects.get(locale__language_code="zh-hans").locale

    client.post(f"/cms/translation/submit/page/{about.pk}/", {"locales": [chinese.pk]})

    assert about.get_translation(chinese).locale == chinese


@pytest.mark.parametrize("path", ["/cms/users/", "/cms/sites/", "/cms/groups/", "/cms/locales/"])
def test_people_sites_and_groups_are_not_the_cms_business(client: Client, master: User, path: str) -> None:
    client.force_login(master)

    assert client.get(path).status_code in (302, 403, 404)


@pytest.mark.parametrize("snippet", ["incubation/gatecriterion", "search/synonymgroup"])
def test_masters_keep_what_apps_have_put_among_the_snippets_and_nobody_else_does(
    client: Client, master: User, snippet: str
) -> None:
    client.force_login(master)
    assert client.get(f"/cms/snippets/{snippet}/").status_code == 200
    assert client.get(f"/cms/snippets/{snippet}/add/").status_code == 200

    client.force_login(UserFactory(is_staff=True))
    assert client.get(f"/cms/snippets/{snippet}/").status_code == 302


def test_choosers_know_nothing_confidential() -> None:
    from wagtail.snippets.models import get_snippet_models

    assert [model for model in get_snippet_models() if model._meta.app_label in ("challenges", "accounts")] == []
