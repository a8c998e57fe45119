"""The tree an empty portal opens with, the one site, and pages as one of the portal's kinds."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.checks import Tags, run_checks
from django.test import Client
from wagtail.models import Site

from portal.accounts.models import User
from portal.kernel import kinds
from portal.kernel.errors import Missing, Refused
from portal.pages.models import BasePage, ContentPage, HomePage
from portal.pages.opening import plant
from tests.factories.pages import content_page

pytestmark = pytest.mark.django_db


def test_empty_portal_opens_with_a_home_in_each_language() -> None:
    homes = {home.locale.language_code: home.url for home in HomePage.objects.live()}

    assert homes == {"en": "/", "zh-hans": "/zh-hans/", "ru": "/ru/"}
    assert sorted(ContentPage.objects.values_list("slug", flat=True)) == [
        "about",
        "answering-a-challenge",
        "patents-and-licences",
        "posting-a-challenge",
    ]


def test_planting_again_changes_nothing() -> None:
    before = set(BasePage.objects.values_list("pk", "path"))

    assert plant() is False
    assert set(BasePage.objects.values_list("pk", "path")) == before


def test_every_page_has_a_public_id_of_its_own() -> None:
    page = content_page()
    copied = page.copy(update_attrs={"slug": "copy"})

    ids = list(BasePage.objects.values_list("public_id", flat=True))
    assert len(ids) == len(set(ids))
    assert copied.public_id != page.public_id


@pytest.mark.parametrize("path", ["/about/", "/guides/", "/guides/posting-a-challenge/", "/zh-hans/", "/ru/"])
def test_first_pages_are_readable(client: Client, master: User, path: str) -> None:
    assert client.get(path).status_code == 200


def test_home_of_another_language_speaks_it(client: Client, master: User) -> None:
    shown = client.get("/ru/").content.decode()

    assert '<html lang="ru"' in shown
    assert "Скажите, что вам нужно" in shown


def test_second_site_is_refused() -> None:
    with pytest.raises(Refused):
        Site.objects.create(hostname="other.example", root_page=HomePage.objects.first())

    assert Site.objects.count() == 1


def test_second_site_that_came_by_another_way_fails_the_check() -> None:
    def found() -> list[str | None]:
        return [message.id for message in run_checks(tags=[Tags.database], databases=["default"])]

    assert "portal.E010" not in found()
    Site.objects.bulk_create([Site(hostname="other.example", root_page=HomePage.objects.first())])
    assert "portal.E010" in found()


def test_draft_is_missing_as_a_kind() -> None:
    draft, page = content_page("Draft", live=False), content_page("Page")
    kind = kinds.get("page")

    assert kind.fetch(AnonymousUser(), page.public_id).pk == page.pk
    with pytest.raises(Missing):
        kind.fetch(AnonymousUser(), draft.public_id)


@pytest.mark.parametrize("page", [HomePage, ContentPage, BasePage])
def test_page_of_any_type_is_a_page(page: Any) -> None:
    assert kinds.of(page.objects.first()).name == "page"
