"""Pages of moderation, as a browser without scripts uses them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.discussions import actions
from portal.discussions.models import Blocking, Message, ModerationCase, Muting, Report, WatchedPhrase
from portal.live import limits
from tests.factories.accounts import UserFactory
from tests.factories.discussions import RoomFactory
from tests.factories.moderation import CaseFactory, said_by, settled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_said_anything() -> None:
    limits.MESSAGES.reset()


@pytest.fixture
def message(creator: Any) -> Message:
    return said_by(creator)


def as_person(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def beside(message: Message, deed: str) -> str:
    return f"/rooms/{message.room.public_id}/messages/{message.seq}/{deed}/"


def page(person: Any, url: str) -> str:
    return as_person(person).get(url).content.decode()


def test_reporting_by_page(message: Message, creator: Any, rival: Any, client: Client) -> None:
    reporter = as_person(rival)

    assert client.get(beside(message, "report")).status_code == 302
    assert as_person(creator).get(beside(message, "report")).status_code == 404
    assert reporter.post(beside(message, "report"), {"words": "Hm"}).status_code == 422
    assert reporter.post(beside(message, "report"), {"reason": "spam", "words": "Hm"}).status_code == 302
    assert list(Report.objects.values_list("reporter", "reason", "words")) == [(rival.pk, "spam", "Hm")]


def test_the_message_offers_what_each_may_do(message: Message, creator: Any, rival: Any, master: Any) -> None:
    url = f"{message.room.get_absolute_url()}messages/{message.seq}/"

    offers = {
        who: {deed for deed in ("report", "hide", "unhide") if beside(message, deed) in page(person, url)}
        for who, person in (("author", creator), ("other", rival), ("master", master))
    }

    assert offers == {"author": set(), "other": {"report"}, "master": {"report", "hide"}}
    assert beside(message, "report") not in Client().get(url).content.decode()


def test_hiding_and_showing_again_by_page(message: Message, creator: Any, rival: Any, master: Any) -> None:
    url, moderator = message.room.get_absolute_url(), as_person(master)

    assert as_person(rival).post(beside(message, "hide"), {"rationale": "Mine"}).status_code == 404
    assert moderator.post(beside(message, "hide"), {"rationale": ""}).status_code == 422
    assert moderator.post(beside(message, "hide"), {"rationale": "Advertising", "mute": "24"}).status_code == 302

    seen = {who: "Cheap pumps" in page(person, url) for who, person in (("author", creator), ("other", rival))}
    assert seen == {"author": True, "other": False}
    assert "hidden by a moderator" in page(rival, url)
    assert "only you and the moderators read this" in page(creator, url)
    assert "You may not write here until" in page(creator, url)
    assert Muting.objects.in_force().get().person == creator
    assert moderator.post(beside(message, "unhide")).status_code == 302
    assert "Cheap pumps" in page(rival, url)
    assert "You may not write here until" not in page(creator, url)


def test_the_queue_is_the_masters(message: Message, creator: Any, master: Any) -> None:
    case = CaseFactory(message=message)
    urls = ("/master/moderation/", f"/master/moderation/{case.public_id}/", "/master/moderation/words/")

    assert [as_person(creator).get(url).status_code for url in urls] == [404] * 3
    assert [as_person(master).get(url).status_code for url in urls] == [200] * 3
    assert [as_person(master).post(url, {"empty": ""}).status_code for url in urls] == [405, 422, 422]


def test_the_queue_shows_the_oldest_first(creator: Any, master: Any) -> None:
    room = RoomFactory()
    cases = [CaseFactory(message=said_by(creator, f"Message {n}", room=room)) for n in range(3)]
    CaseFactory(message=said_by(creator, "Long decided", room=room), state="declined")

    html = page(master, "/master/moderation/")

    places = [html.index(f"/master/moderation/{case.public_id}/") for case in cases]
    assert (places, "Long decided" in html) == (sorted(places), False)


def test_a_case_shows_the_message_in_its_place_with_reports_and_record(message: Message, master: Any) -> None:
    said_by(UserFactory(), "Just after", room=message.room)
    actions.report_message(message, reporter=settled(display_name="Rae"), reason="abuse", words="He shouts")

    html = page(master, f"/master/moderation/{ModerationCase.objects.get().public_id}/")

    assert [words in html for words in ("Cheap pumps", "Just after", "Rae", "He shouts", "Record of the author")] == [
        True
    ] * 5


@pytest.mark.parametrize(
    ("sent", "state", "outcome"),
    [
        ({"decision": "keep"}, "declined", ""),
        ({"decision": "hide", "rationale": "Spam"}, "upheld", "hide"),
        ({"decision": "remove", "rationale": "Spam"}, "upheld", "remove"),
        ({"decision": "warn", "rationale": "Spam"}, "upheld", "warn"),
        ({"decision": "mute", "rationale": "Spam", "mute": "24", "everywhere": "on"}, "upheld", "mute"),
    ],
)
def test_a_master_decides_by_page(message: Message, master: Any, sent: Any, state: str, outcome: str) -> None:
    case = CaseFactory(message=message)

    answer = as_person(master).post(f"/master/moderation/{case.public_id}/", sent)

    case.refresh_from_db()
    assert (answer.status_code, case.state, case.outcome) == (302, state, outcome)


def test_a_decision_without_a_reason_says_so_and_changes_nothing(message: Message, master: Any) -> None:
    case = CaseFactory(message=message)

    answer = as_person(master).post(f"/master/moderation/{case.public_id}/", {"decision": "hide"})

    case.refresh_from_db()
    assert (answer.status_code, case.state, "Please give a reason" in answer.content.decode()) == (422, "open", True)


def test_an_appeal_by_page(message: Message, creator: Any, rival: Any, master: Any) -> None:
    other = UserFactory(is_platform_master=True)
    case = actions.hide_message(message, actor=master, rationale="Advertising")
    url, review = f"/decisions/{case.public_id}/", f"/master/moderation/{case.public_id}/"

    assert as_person(rival).get(url).status_code == 404
    assert "Advertising" in page(creator, url)
    assert as_person(creator).post(url, {"appeal": "A joke"}).status_code == 302
    assert "Another platform master decides this" in page(master, review)
    assert as_person(other).post(review, {"answer": "Fair enough", "grant": "yes"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.answer) == ("overturned", "Fair enough")
    assert "Fair enough" in page(creator, url)


def test_a_case_still_open_is_not_shown_to_the_author(message: Message, creator: Any) -> None:
    case = CaseFactory(message=message)

    assert as_person(creator).get(f"/decisions/{case.public_id}/").status_code == 404


def test_keeping_order_by_page(creator: Any, master: Any) -> None:
    room = RoomFactory()
    url = room.get_absolute_url()

    assert as_person(creator).get(f"{url}order/").status_code == 404
    assert as_person(creator).post(f"{url}lock/").status_code == 404
    assert as_person(master).post(f"{url}order/", {"seconds": "30"}).status_code == 302
    assert "one message in 30 seconds" in page(creator, url)
    assert as_person(master).post(f"{url}lock/").status_code == 302
    html = page(creator, url)
    assert ("data-composer" in html, "This room is locked" in html) == (False, True)
    assert "data-composer" in page(master, url)


def test_what_is_not_sent_is_not_lost(creator: Any, master: Any) -> None:
    room = RoomFactory()
    actions.watch_phrase("cheap", "refuse", actor=master)

    answer = as_person(creator).post(
        f"{room.get_absolute_url()}messages/new/", {"text": "Cheap pumps", "client_id": str(uuid.uuid4())}
    )

    html = answer.content.decode()
    assert (answer.status_code, Message.objects.count()) == (400, 0)
    assert ("Cheap pumps</textarea>" in html, "not said here" in html) == (True, True)


def test_too_fast_says_how_long(creator: Any, master: Any) -> None:
    room = RoomFactory()
    actions.slow_room(room, actor=master, seconds=300)
    person, url = as_person(creator), f"{room.get_absolute_url()}messages/new/"

    first, second = (person.post(url, {"text": "Hello"}) for _twice in range(2))

    assert (first.status_code, second.status_code) == (302, 429)
    assert "you may write again in" in second.content.decode()


def test_blocking_by_page(message: Message, creator: Any, rival: Any) -> None:
    person = as_person(rival)

    person.post(f"/account/blocked/{creator.public_id}/add/")
    html = page(rival, message.room.get_absolute_url())
    assert '<details class="message__blocked">' in html
    assert creator.display_name in page(rival, "/account/blocked/")
    person.post(f"/account/blocked/{creator.public_id}/remove/")
    assert "message__blocked" not in page(rival, message.room.get_absolute_url())
    assert Blocking.objects.count() == 0


def test_the_word_list_by_page(master: Any, creator: Any) -> None:
    keeper = as_person(master)

    keeper.post("/master/moderation/words/", {"phrase": "Cheap", "deed": "hold"})
    watched = WatchedPhrase.objects.get()
    drop = f"/master/moderation/words/{watched.public_id}/drop/"
    assert "Cheap" in page(master, "/master/moderation/words/")
    assert as_person(creator).post(drop).status_code == 404
    assert keeper.post(drop).status_code == 302
    assert WatchedPhrase.objects.count() == 0


def test_lifting_a_muting_by_page(message: Message, master: Any, rival: Any) -> None:
    moderator = as_person(master)
    moderator.post(beside(message, "hide"), {"rationale": "Advertising", "mute": "24"})
    lift = f"{message.room.get_absolute_url()}mutings/{Muting.objects.get().pk}/lift/"

    assert lift in page(master, f"{message.room.get_absolute_url()}order/")
    assert as_person(rival).post(lift).status_code == 404
    assert moderator.post(lift).status_code == 302
    assert Muting.objects.in_force().count() == 0


def queries_for(person: Client, url: str) -> int:
    person.get(url)
    with CaptureQueriesContext(connection) as queries:
        person.get(url)
    return len(queries)


def test_the_queue_costs_the_same_however_long_it_is(creator: Any, master: Any) -> None:
    person, room, costs = as_person(master), RoomFactory(), set()

    for more in (1, 2):
        for _case in range(more):
            actions.report_message(said_by(creator, room=room), reporter=settled(), reason="spam")
        costs.add(queries_for(person, "/master/moderation/"))

    assert len(costs) == 1


def test_a_case_costs_the_same_however_many_report_it(message: Message, master: Any) -> None:
    person, costs = as_person(master), set()

    for more in (1, 1):
        for _report in range(more):
            actions.report_message(message, reporter=settled(), reason="spam")
        costs.add(queries_for(person, f"/master/moderation/{ModerationCase.objects.get().public_id}/"))

    assert len(costs) == 1
