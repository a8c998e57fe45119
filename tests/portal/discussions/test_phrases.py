"""Watched phrases: however they are spelt, as words of their own, in time that grows with the text alone."""

from __future__ import annotations

from typing import Any

import pytest

from portal.discussions import actions
from portal.discussions.actions import Watched
from portal.discussions.models import Message, ModerationCase, WatchedPhrase
from portal.discussions.phrases import deed_for, folded, is_in
from portal.kernel.errors import Missing, Refused
from portal.notifications.models import Notification
from tests.factories.discussions import RoomFactory

FOUND = [
    ("spam", "No SPAM here"),
    ("spam", "ｓｐａｍ!"),
    ("spam", "sp\u200bam"),
    ("Ёлка", "купите ЕЛКА, дёшево"),
    ("buy now", "Buy\n  NOW!"),
    ("C++", "I write C++."),
    ("加微信", "请加微信联系"),
    ("スパム", "これはｽﾊﾟﾑです"),
    ("straße", "STRASSE"),
]
NOT_FOUND = [("spam", "spammer"), ("ass", "class"), ("ел", "ёлка"), ("a b", "ab"), ("加微信", "加微")]


@pytest.mark.parametrize(("phrase", "text"), FOUND)
def test_a_phrase_is_found_however_it_is_spelt(phrase: str, text: str) -> None:
    assert is_in(folded(phrase), folded(text))


@pytest.mark.parametrize(("phrase", "text"), NOT_FOUND)
def test_a_phrase_is_no_part_of_another_word(phrase: str, text: str) -> None:
    assert not is_in(folded(phrase), folded(text))


def test_letters_of_a_pattern_are_letters() -> None:
    assert not is_in(folded("(a+)+$"), folded("a" * 10_000))
    assert is_in(folded("(a+)+$"), folded("see (a+)+$ there"))


@pytest.mark.django_db
def test_the_severest_deed_wins(master: Any) -> None:
    for phrase, deed in (("pump", "flag"), ("cheap", "hold"), ("scam", "refuse")):
        actions.watch_phrase(phrase, deed, actor=master)

    texts = ("A fan", "A pump", "A cheap pump", "A cheap scam")
    assert [deed_for(text) for text in texts] == [None, "flag", "hold", "refuse"]


@pytest.mark.django_db
def test_the_same_phrase_again_changes_what_happens(master: Any) -> None:
    for phrase, deed in (("Ёлка", "flag"), ("  елка ", "hold")):
        actions.watch_phrase(phrase, deed, actor=master)

    assert list(WatchedPhrase.objects.values_list("folded", "deed")) == [("елка", "hold")]


@pytest.mark.django_db
def test_only_masters_keep_the_list_and_nothing_is_no_phrase(master: Any, owner: Any) -> None:
    with pytest.raises(Missing):
        actions.watch_phrase("pump", "flag", actor=owner)
    for phrase in ("", " ", "\u200b", "!!"):
        with pytest.raises(Refused):
            actions.watch_phrase(phrase, "flag", actor=master)
    assert WatchedPhrase.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("deed", "hidden"), [("hold", True), ("flag", False)])
def test_what_is_held_or_flagged_is_posted_and_waits(master: Any, creator: Any, deed: str, hidden: bool) -> None:
    actions.watch_phrase("pump", deed, actor=master)

    message = actions.post_message(RoomFactory(), author=creator, text="A pump")

    [case] = ModerationCase.objects.all()
    assert (case.message, case.origin, case.state, bool(case.hid_at)) == (message, "words", "open", hidden)
    assert (message.is_hidden, message.text) == (hidden, "A pump")


@pytest.mark.django_db
def test_who_is_called_in_a_held_message_is_told_once_it_may_stand(master: Any, creator: Any, rival: Any) -> None:
    actions.watch_phrase("pump", "hold", actor=master)
    actions.post_message(RoomFactory(), author=creator, text=f"A pump, @**{rival}**")
    assert not Notification.objects.filter(user=rival).exists()

    actions.keep_message(ModerationCase.objects.get(), actor=master)

    assert Notification.objects.filter(user=rival).count() == 1


@pytest.mark.django_db
def test_what_is_refused_is_not_written_nor_put_in_later(master: Any, creator: Any) -> None:
    actions.watch_phrase("pump", "refuse", actor=master)
    room = RoomFactory()
    message = actions.post_message(room, author=creator, text="A fan")

    with pytest.raises(Watched):
        actions.post_message(room, author=creator, text="A PUMP")
    with pytest.raises(Watched):
        actions.edit_message(message, actor=creator, text="A pump")

    room.refresh_from_db()
    assert (room.seq, list(Message.objects.values_list("text", flat=True))) == (1, ["A fan"])


@pytest.mark.django_db
def test_an_edited_message_is_held_like_a_new_one(master: Any, creator: Any) -> None:
    actions.watch_phrase("pump", "hold", actor=master)
    message = actions.post_message(RoomFactory(), author=creator, text="A fan")

    assert actions.edit_message(message, actor=creator, text="A pump").is_hidden
    assert ModerationCase.objects.count() == 1


@pytest.mark.django_db
def test_moderators_may_name_what_is_watched_for(master: Any) -> None:
    actions.watch_phrase("pump", "hold", actor=master)

    assert actions.post_message(RoomFactory(), author=master, text="Do not say pump").is_shown
    assert ModerationCase.objects.count() == 0
