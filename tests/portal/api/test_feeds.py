"""The feeds show what is open to everybody and nothing else."""

from __future__ import annotations

from datetime import UTC, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests.challenges.scenes import pass_deadline
from tests.factories.challenges import ChallengeFactory

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def challenges() -> list:
    """Two that are open, and one of each sort that is not."""
    shown = [
        ChallengeFactory(title=f"Quieter & lighter <{n}>", closes_at=timezone.now() + timedelta(days=n)) for n in (2, 1)
    ]
    ChallengeFactory(title="Hidden draft", state="draft", published_at=None)
    ChallengeFactory(title="Hidden in review", state="in_review", published_at=None)
    pass_deadline(ChallengeFactory(title="Over"))
    return shown


def test_the_feed_holds_open_challenges_newest_first(client, challenges, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(5):
        answer = client.get("/feeds/challenges.atom")

    root = ElementTree.fromstring(answer.content)
    titles = [entry.findtext("a:title", namespaces=ATOM) for entry in root.findall("a:entry", ATOM)]
    assert sorted(titles) == ["Quieter & lighter <1>", "Quieter & lighter <2>"]
    assert answer["Content-Type"].startswith("application/atom+xml")
    links = [entry.find("a:link", ATOM).get("href") for entry in root.findall("a:entry", ATOM)]
    assert {link.removeprefix("http://testserver") for link in links} == {c.get_absolute_url() for c in challenges}


def test_a_feed_that_did_not_change_is_not_sent_again(client, challenges) -> None:
    first = client.get("/feeds/challenges.atom")

    again = client.get("/feeds/challenges.atom", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_the_calendar_holds_the_deadlines(client, challenges) -> None:
    answer = client.get("/calendar.ics")

    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [f"Deadline: Quieter & lighter <{n}>" for n in (1, 2)]
    due = [challenge.closes_at.astimezone(UTC).replace(microsecond=0) for challenge in reversed(challenges)]
    assert [event.decoded("dtstart") for event in events] == due
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"


def test_the_list_leads_to_both(client, challenges) -> None:
    page = client.get("/challenges/").content.decode()

    assert 'type="application/atom+xml"' in page
    assert "/calendar.ics" in page
