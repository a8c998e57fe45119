"""How people are told as they chose: rhythms, quiet hours, muting, one thing together, and ending it by one click."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import Organisation, User
from portal.kernel.models import OutboxEntry
from portal.kernel.outbox import drain
from portal.notifications import actions, digests
from portal.notifications.categories import all_categories
from portal.notifications.choices import quiet_until
from portal.notifications.models import Digest, MutedThread, Notification, QuietHours
from portal.notifications.send import send
from tests.factories.accounts import UserFactory

from .test_send import Told

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)
NEVER = "never"


@pytest.fixture
def pending(organisation: Organisation) -> Organisation:
    """Seen by its own people alone."""
    Organisation.objects.filter(pk=organisation.pk).update(state="pending")
    return organisation


def mailed() -> list[str]:
    """Work the mail off; the subjects that left."""
    OutboxEntry.objects.filter(topic="mail", last_error="").update(not_before=timezone.now())
    drain(["mail"])
    return [each.subject for each in mail.outbox]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# --- one thing together --------------------------------------------------------------------------


def test_a_second_mail_of_one_thing_waits_a_quarter_of_an_hour_and_tells_all(
    colleague: User, pending: Organisation, time_machine: Any
) -> None:
    time_machine.move_to(MONDAY, tick=False)
    send(Told(pending, text="First"), to=[colleague])
    assert mailed() == ["First [en]"]

    for n in range(1_000):
        send(Told(pending, text=f"Storm {n}"), to=[colleague])
    assert mailed() == ["First [en]"]
    time_machine.move_to(MONDAY + timedelta(minutes=14), tick=False)
    assert mailed() == ["First [en]"]

    time_machine.move_to(MONDAY + timedelta(minutes=16), tick=False)
    mailed()
    time_machine.move_to(MONDAY + timedelta(minutes=40), tick=False)
    assert all("news:" in subject for subject in mailed()[1:])
    assert len(mail.outbox) <= 3
    assert mail.outbox[1].body.count("Storm") == 200


def test_two_things_do_not_wait_for_each_other(colleague: User, pending: Organisation) -> None:
    send(Told(pending), to=[colleague])
    send(Told(text="Other"), to=[colleague])
    send(Told(text="Other"), to=[colleague])

    assert sorted(mailed()) == ["News [en]", "Other [en]", "Other [en]"]


def test_the_inbox_shows_unread_news_of_one_thing_as_one(colleague: User, pending: Organisation) -> None:
    for n in range(3):
        send(Told(pending, text=f"News {n}"), to=[colleague])
    send(Told(text="Alone"), to=[colleague])
    client = signed_in(colleague)

    html = client.get("/notifications/").content.decode()
    assert (html.count("news__open"), "3 new" in html, "2 more about the same" in html) == (2, True, True)

    latest = Notification.objects.filter(subject__startswith="News 2").get()
    client.post(f"/notifications/{latest.public_id}/read/")
    assert Notification.objects.visible_to(colleague).unread().count() == 1


def test_what_is_put_aside_is_gone_with_its_group_and_comes_back_with_it(
    colleague: User, pending: Organisation
) -> None:
    for n in range(3):
        send(Told(pending, text=f"News {n}"), to=[colleague])
    client = signed_in(colleague)
    latest = Notification.objects.latest("pk")

    client.post(f"/notifications/{latest.public_id}/dismiss/")
    assert "News" not in re.sub("<title>.*?</title>", "", client.get("/notifications/").content.decode())
    assert "News 2" in client.get("/notifications/?aside=yes").content.decode()
    assert mailed() == []

    client.post(f"/notifications/{latest.public_id}/restore/")
    assert Notification.objects.visible_to(colleague).unread().count() == 3


@pytest.mark.parametrize("deed", ["", "read/", "dismiss/", "restore/"])
def test_nobody_touches_the_news_of_others(colleague: User, rival: User, deed: str) -> None:
    [row] = send(Told(), to=[colleague])

    assert signed_in(rival).post(f"/notifications/{row.public_id}/{deed}").status_code == 404
    row.refresh_from_db()
    assert (row.read_at, row.dismissed_at) == (None, None)


def test_the_inbox_asks_as_much_for_thirty_as_for_one(colleague: User, pending: Organisation) -> None:
    client = signed_in(colleague)
    asked = []
    for n in range(30):
        send(Told(pending), to=[colleague])
        if n in (0, 2, 29):
            with CaptureQueriesContext(connection) as made:
                client.get("/notifications/")
            asked.append(len(made))
    assert asked[1:] == asked[:-1]


def test_news_of_a_category_that_nobody_registered_comes_at_once(colleague: User) -> None:
    send(Told(category="unheard_of"), to=[colleague])

    assert mailed() == ["News [en]"]


# --- muting ----------------------------------------------------------------------------------------


def test_of_what_is_muted_nothing_comes(colleague: User, owner: User, pending: Organisation) -> None:
    client = signed_in(colleague)
    thread = {"thread": f"organisation:{pending.slug}"}
    send(Told(pending, text="Before"), to=[colleague])

    client.post("/notifications/mute/", thread | {"on": "yes"})
    send(Told(pending, text="After"), to=[colleague, owner])

    assert [(row.user, row.subject) for row in Notification.objects.order_by("pk")] == [
        (colleague, "Before [en]"),
        (owner, "After [en]"),
    ]
    assert mailed() == ["After [en]"]
    assert str(pending) in client.get("/notifications/preferences/").content.decode()
    client.post("/notifications/mute/", thread)
    assert not MutedThread.objects.exists()


def test_what_one_does_not_see_cannot_be_muted_and_tells_nothing(rival: User, pending: Organisation) -> None:
    answers = [
        signed_in(rival).post("/notifications/mute/", {"thread": thread, "on": "yes"})
        for thread in (f"organisation:{pending.slug}", "organisation:guessed", "nothing", "")
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_after_muting_one_goes_back_and_nowhere_else(colleague: User, pending: Organisation) -> None:
    data = {"thread": f"organisation:{pending.slug}", "on": "yes"}

    inside = signed_in(colleague).post("/notifications/mute/", data | {"next": "/rooms/"})
    outside = signed_in(colleague).post("/notifications/mute/", data | {"next": "https://evil.example/"})

    assert (inside["Location"], outside["Location"]) == ("/rooms/", "/notifications/preferences/")


def test_what_was_lost_from_sight_is_muted_without_its_name(colleague: User, pending: Organisation) -> None:
    actions.mute(f"organisation:{pending.slug}", actor=colleague)
    colleague.memberships.all().delete()

    html = signed_in(colleague).get("/notifications/preferences/").content.decode()

    assert ("no longer available to you" in html, str(pending) in html) == (True, False)


# --- quiet hours -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        (("22:00", "07:00"), "2026-06-01T21:30", "2026-06-02T07:00"),
        (("22:00", "07:00"), "2026-06-02T02:00", "2026-06-02T07:00"),
        (("22:00", "07:00"), "2026-06-01T07:00", None),
        (("12:00", "14:00"), "2026-06-01T12:59", "2026-06-01T14:00"),
        (("12:00", "12:00"), "2026-06-01T12:00", None),
    ],
)
def test_quiet_hours_are_those_of_the_reader(hours: Any, now: str, until: str | None) -> None:
    """Tokyo is nine hours ahead: the moments are told as its clocks show them, but for the first, which is 22:30."""
    user = UserFactory(time_zone="Asia/Tokyo")
    QuietHours.objects.create(user=user, begins=time.fromisoformat(hours[0]), ends=time.fromisoformat(hours[1]))
    tokyo = datetime.fromisoformat(now + ("+08:00" if now.endswith("21:30") else "+09:00"))

    found = quiet_until(user, tokyo.astimezone(UTC))

    assert (found.strftime("%Y-%m-%dT%H:%M") if found else None) == until


def test_mail_waits_for_the_end_of_quiet_hours(colleague: User, time_machine: Any) -> None:
    actions.keep_quiet(time(22), time(7), actor=colleague)
    time_machine.move_to(datetime(2026, 6, 1, 23, tzinfo=UTC), tick=False)
    send(Told(), to=[colleague])
    drain(["mail"])
    entry = OutboxEntry.objects.get(topic="mail")
    assert (mail.outbox, entry.not_before, entry.attempts) == ([], datetime(2026, 6, 2, 7, tzinfo=UTC), 0)

    time_machine.move_to(datetime(2026, 6, 2, 7, 1, tzinfo=UTC), tick=False)
    assert mailed() == ["News [en]"]


# --- digests ---------------------------------------------------------------------------------------


def test_a_digest_tells_once_a_day_what_is_unread_and_may_be_seen(
    colleague: User, pending: Organisation, time_machine: Any
) -> None:
    time_machine.move_to(MONDAY, tick=False)
    actions.choose_mail({"organisations": "daily"}, actor=colleague)
    read, aside, kept, _gone = (send(Told(text=f"News {n}"), to=[colleague])[0] for n in range(4))
    send(Told(pending, text="Theirs"), to=[colleague])
    actions.mark_read(read)
    actions.put_aside(aside)
    assert mailed() == []
    colleague.memberships.all().delete()

    assert [digests.put_out(), digests.put_out()] == [1, 0]
    assert mailed() == ["2 things are new for you"]
    [told] = mail.outbox
    assert [f"News {n}" in told.body for n in range(4)] == [False, False, True, True]
    assert ("Theirs" in told.body, Digest.objects.count()) == (False, 1)
    kept.refresh_from_db()
    assert kept.mailed_at is not None

    time_machine.move_to(MONDAY + timedelta(days=1), tick=False)
    digests.put_out()
    assert mailed() == ["2 things are new for you"]


def test_an_empty_digest_is_not_sent(colleague: User, pending: Organisation, time_machine: Any) -> None:
    time_machine.move_to(MONDAY, tick=False)
    actions.choose_mail({"organisations": "daily"}, actor=colleague)
    send(Told(pending), to=[colleague])
    assert digests.put_out() == 1
    colleague.memberships.all().delete()

    assert mailed() == []


@pytest.mark.parametrize(
    ("rhythm", "zone", "moment", "due"),
    [
        ("daily", "UTC", MONDAY.replace(hour=7, minute=59), 0),
        ("daily", "UTC", MONDAY.replace(hour=8), 1),
        ("daily", "America/New_York", MONDAY, 0),
        ("daily", "Nowhere/At_all", MONDAY, 1),
        ("weekly", "UTC", MONDAY, 1),
        ("weekly", "UTC", MONDAY + timedelta(days=1), 0),
        ("never", "UTC", MONDAY, 0),
    ],
)
def test_digests_are_due_at_eight_where_the_reader_lives(
    time_machine: Any, rhythm: str, zone: str, moment: datetime, due: int
) -> None:
    time_machine.move_to(MONDAY - timedelta(days=1), tick=False)
    user = UserFactory(time_zone=zone)
    actions.choose_mail({"organisations": rhythm}, actor=user)
    send(Told(), to=[user])

    assert digests.put_out(moment) == due


# --- ending it by one click ---------------------------------------------------------------------------


def stopping() -> str:
    """Where the latest mail says that it can be ended, as its header has it."""
    address = mail.outbox[-1].extra_headers["List-Unsubscribe"]
    assert mail.outbox[-1].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.strip("<>") in mail.outbox[-1].body
    return re.sub(r"<https?://[^/]+(/.*)>", r"\1", address)


def test_a_mail_program_ends_a_category_by_one_post(colleague: User) -> None:
    send(Told(), to=[colleague])
    mailed()
    client = Client(enforce_csrf_checks=True)

    assert client.get(stopping()).status_code == 200
    send(Told(), to=[colleague])
    assert len(mailed()) == 2

    answer = client.post(stopping(), {"List-Unsubscribe": "One-Click"})
    send(Told(), to=[colleague])
    send(Told(category="mentions"), to=[colleague])

    assert (answer.status_code, len(mailed())) == (200, 3)
    assert colleague.email not in stopping()


def test_a_digest_is_ended_alone(colleague: User, time_machine: Any) -> None:
    time_machine.move_to(MONDAY, tick=False)
    actions.choose_mail({"organisations": "daily", "mentions": "weekly"}, actor=colleague)
    send(Told(), to=[colleague])
    digests.put_out()
    mailed()

    Client().post(stopping())

    kept = {row.category: row.mail for row in colleague.notification_choices.all()}
    assert kept == {"organisations": "never", "mentions": "weekly"}


@pytest.mark.parametrize("change", [lambda t: t[:-2] + "xx", lambda t: "guessed", lambda t: t.split(":")[0]])
def test_a_forged_address_ends_nothing(colleague: User, change: Any) -> None:
    send(Told(), to=[colleague])
    mailed()
    start, _, token = stopping().strip("/").rpartition("/")

    answer = Client().post(f"/{start}/{change(token)}/")

    assert (answer.status_code, colleague.notification_choices.count()) == (404, 0)


def test_every_category_says_how_it_comes_by_mail() -> None:
    assert {each.mail for each in all_categories()} <= {"at_once", "daily", "weekly", NEVER}
