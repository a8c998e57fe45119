"""The inbox, and the outbox page that only this machine sees."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from portal.accounts.actions import remove_member
from portal.accounts.models import Organisation, User
from portal.notifications.categories import all_categories
from portal.notifications.choices import choices_of
from portal.notifications.models import Choice, Notification, SentMail
from portal.notifications.send import send

from .test_send import Told


def test_bell_counts_and_forgets(client: Client, creator: User) -> None:
    send(Told(), to=[creator])
    client.force_login(creator)
    assert Notification.objects.visible_to(creator).unread().count() == 1

    client.post("/notifications/read/")

    assert Notification.objects.visible_to(creator).unread().count() == 0


def test_opening_marks_read_and_leads_there(client: Client, creator: User) -> None:
    (row,) = send(Told(), to=[creator])
    client.force_login(creator)

    answer = client.post(f"/notifications/{row.public_id}/")

    assert answer["Location"] == "/organisations/"
    row.refresh_from_db()
    assert row.read_at is not None


def test_another_ones_news_is_missing(client: Client, creator: User, rival: User) -> None:
    (row,) = send(Told(), to=[creator])
    client.force_login(rival)

    assert client.post(f"/notifications/{row.public_id}/").status_code == 404
    assert "News" not in client.get("/notifications/").content.decode()


def test_news_of_what_one_may_no_longer_see_is_withheld(
    client: Client, owner: User, colleague: User, organisation: Organisation
) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(state="pending")
    send(Told(organisation, text="CANARY"), to=[colleague])
    client.force_login(colleague)
    before = client.get("/notifications/").content.decode()

    remove_member(organisation, colleague, actor=owner)
    after = client.get("/notifications/").content.decode()

    assert ("CANARY" in before, "CANARY" in after) == (True, False)


def test_choices_are_kept_and_the_rest_stays_as_it_is(creator: User, client: Client) -> None:
    client.force_login(creator)
    page = client.get("/notifications/preferences/")
    asked = {bound.html_name: bound.value() for bound in page.context["form"]}
    given = {name: "on" if value is True else value for name, value in asked.items() if value not in (None, False)}

    given |= {"mail-mentions": "daily", "begins": "22:00", "ends": "07:30"}
    del given["live-mentions"]
    assert client.post("/notifications/preferences/", given).status_code == 302

    chosen = {each.category.name: (each.mail, each.live) for each in choices_of(creator)}
    assert (chosen.pop("mentions"), set(chosen.values())) == (("daily", False), {("at_once", True)})
    assert str(creator.quiet_hours) == "22:00–07:30"


def test_quiet_hours_need_two_ends(creator: User, client: Client) -> None:
    client.force_login(creator)
    given = {f"mail-{each.name}": "never" for each in all_categories()} | {"begins": "22:00"}

    page = client.post("/notifications/preferences/", given)

    assert (page.status_code, Choice.objects.count()) == (422, 0)
    assert "Say from when until when" in page.content.decode()


@pytest.fixture
def kept(db: None) -> SentMail:
    return SentMail.objects.create(
        to="a@example.org", subject="Confirm", text="http://127.0.0.1/account/confirm-email/x/ <b>x</b>"
    )


def test_outbox_is_for_this_machine_in_embedded_mode(client: Client, kept: SentMail, settings: Any) -> None:
    settings.EMBEDDED = True

    listed = client.get("/outbox/")
    shown = client.get(f"/outbox/{kept.public_id}/").content.decode()

    assert "Confirm" in listed.content.decode()
    assert 'href="http://127.0.0.1/account/confirm-email/x/"' in shown
    assert "<b>x</b>" not in shown


@pytest.mark.parametrize(
    ("embedded", "origin"),
    [
        (False, {}),
        (True, {"REMOTE_ADDR": "192.0.2.7"}),
        (True, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}),
        (True, {"REMOTE_ADDR": ""}),
    ],
)
def test_outbox_is_missing_elsewhere(
    client: Client, kept: SentMail, master: User, settings: Any, embedded: bool, origin: dict[str, str]
) -> None:
    settings.EMBEDDED = embedded
    client.force_login(master)

    assert client.get("/outbox/", **origin).status_code == 404
    assert client.get(f"/outbox/{kept.public_id}/", **origin).status_code == 404
