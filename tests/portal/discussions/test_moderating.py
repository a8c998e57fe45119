"""Reports, decisions and appeals: what they do to message, author and everybody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from portal.accounts.actions import erase_person
from portal.discussions import actions, rules
from portal.discussions.actions import Sentence
from portal.discussions.enums import Outcome
from portal.discussions.events import said
from portal.discussions.models import EarlierText, Message, ModerationCase, Muting, Report
from portal.discussions.queries import record_of
from portal.discussions.tasks import forget_removed_words
from portal.kernel import audit
from portal.kernel.errors import Missing, Refused, WrongState
from portal.kernel.models import AuditEvent
from portal.notifications.models import Notification
from tests.factories.accounts import OrganisationFactory, UserFactory, member_of
from tests.factories.discussions import RoomFactory, room_of
from tests.factories.moderation import CaseFactory, said_by, settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(creator: Any) -> Message:
    return said_by(creator)


@pytest.fixture
def other_master(db: None) -> Any:
    return UserFactory(is_platform_master=True)


def report(message: Message, reporter: Any, reason: str = "spam", words: str = "") -> Report:
    return actions.report_message(message, reporter=reporter, reason=reason, words=words)


def upheld(case: ModerationCase, master: Any, outcome: str = "hide", **sentence: Any) -> ModerationCase:
    return actions.uphold_case(case, Sentence(Outcome(outcome), **sentence), actor=master, rationale="Advertising")


def state_of(message: Message) -> tuple[str, bool, bool]:
    message.refresh_from_db()
    return (message.text, message.is_hidden, message.is_removed)


def told(person: Any) -> list[str]:
    return list(Notification.objects.filter(user=person).order_by("pk").values_list("subject", flat=True))


# --- reports


def test_several_reports_are_one_case_and_each_person_counts_once(message: Message, rival: Any, owner: Any) -> None:
    first, again, second = report(message, rival), report(message, rival, "abuse"), report(message, owner)

    assert (first, ModerationCase.objects.count(), Report.objects.count()) == (again, 1, 2)
    assert first.case == second.case
    assert [event.action for event in audit.history(message)] == ["message.report"] * 2


def test_one_does_not_report_oneself_nor_what_one_cannot_see(
    message: Message, creator: Any, rival: Any, organisation: Any, owner: Any, anonymous: Any
) -> None:
    private = said_by(owner, room=room_of(organisation))

    for each, reporter in ((message, creator), (private, rival), (message, anonymous)):
        with pytest.raises(Missing):
            report(each, reporter)
    assert ModerationCase.objects.count() == 0


def test_enough_reports_hide_a_message_until_somebody_decides(message: Message, master: Any) -> None:
    for _reporter in range(2):
        report(message, settled())
    assert state_of(message) == (message.text, False, False)

    report(message, settled())

    assert state_of(message) == (message.text, True, False)
    actions.keep_message(ModerationCase.objects.get(), actor=master)
    assert state_of(message) == (message.text, False, False)


def test_reports_of_the_new_and_the_unproved_do_not_add_up(message: Message) -> None:
    newcomers = [UserFactory(), settled(verified=False), settled(), settled()]

    for reporter in newcomers:
        report(message, reporter)

    assert (state_of(message)[1], Report.objects.filter(counts=True).count()) == (False, 2)


def test_reports_never_hide_what_a_master_said_or_what_was_kept_before(master: Any, message: Message) -> None:
    masters = said_by(master)
    CaseFactory(message=message, state="declined")

    for each in (masters, message):
        for _reporter in range(3):
            report(each, settled())

    assert [state_of(each)[1] for each in (masters, message)] == [False, False]


def test_masters_are_called_once_a_case_and_reporters_learn_what_came_of_it(message: Message, master: Any) -> None:
    reporters = [settled(), settled()]
    for reporter in reporters:
        report(message, reporter, words="He sells pumps")

    upheld(ModerationCase.objects.get(), master)

    assert told(master) == ["A message waits for your decision"]
    assert [told(reporter) for reporter in reporters] == [
        ["Thank you: something was done about the message you reported"]
    ] * 2


def test_the_author_learns_what_and_why_and_never_who(message: Message, creator: Any, master: Any, rival: Any) -> None:
    report(message, rival, words="He sells pumps")

    upheld(ModerationCase.objects.get(), master)

    [notice] = Notification.objects.filter(user=creator)
    assert notice.subject == "A message of yours was hidden"
    assert "Advertising" in notice.body
    assert not any(str(rival) in text or "sells" in text for text in (notice.subject, notice.body))


def test_people_are_told_in_their_language(message: Message, creator: Any, master: Any, monkeypatch: Any) -> None:
    creator.preferred_language = "ru"
    creator.save()
    languages: list[str | None] = []
    monkeypatch.setattr(
        "portal.discussions.notices.MessageJudged.body",
        lambda notice: languages.append(translation.get_language()) or "",
    )

    upheld(CaseFactory(message=message), master)

    assert languages == ["ru"]


# --- decisions


@pytest.mark.parametrize(
    ("outcome", "left"),
    [
        ("hide", ("Cheap pumps, call me", True, False)),
        ("mute", ("Cheap pumps, call me", True, False)),
        ("warn", ("Cheap pumps, call me", False, False)),
        ("remove", ("", False, True)),
    ],
)
def test_each_outcome_does_what_it_says_and_overturning_undoes_it(
    message: Message, creator: Any, master: Any, other_master: Any, outcome: str, left: tuple[str, bool, bool]
) -> None:
    until = timezone.now() + timedelta(days=1) if outcome == "mute" else None

    case = upheld(CaseFactory(message=message), master, outcome, until=until)

    assert state_of(message) == left
    assert Muting.objects.in_force().count() == (outcome == "mute")
    actions.appeal_case(case, actor=creator, words="It was a joke")
    actions.answer_appeal(case, actor=other_master, grant=True, answer="So it was")
    assert state_of(message) == ("Cheap pumps, call me", False, False)
    assert Message.objects.get(pk=message.pk).html == "<p>Cheap pumps, call me</p>\n" or outcome != "remove"
    assert Muting.objects.in_force().count() == 0
    assert told(creator)[-1] == "The decision about your message was taken back"


def test_a_muting_says_until_when(message: Message, master: Any) -> None:
    case = CaseFactory(message=message)

    for until in (None, timezone.now() - timedelta(hours=1)):
        with pytest.raises(Refused) as refusal:
            upheld(case, master, "mute", until=until)
        assert refusal.value.field == "until"

    case.refresh_from_db()
    assert (case.state, state_of(message)[1]) == ("open", False)


def test_of_two_masters_who_decide_at_once_one_is_told(message: Message, master: Any, other_master: Any) -> None:
    case = CaseFactory(message=message)
    stale = ModerationCase.objects.get(pk=case.pk)
    actions.keep_message(case, actor=master)

    with pytest.raises(WrongState):
        upheld(stale, other_master, "remove")

    assert state_of(message) == ("Cheap pumps, call me", False, False)


def test_an_appeal_is_made_once_by_the_author_alone(
    message: Message, creator: Any, rival: Any, master: Any, other_master: Any
) -> None:
    case = upheld(CaseFactory(message=message), master)

    with pytest.raises(Missing):
        actions.appeal_case(case, actor=rival, words="Let it stand")
    actions.appeal_case(case, actor=creator, words="It was a joke")
    with pytest.raises(Missing):
        actions.answer_appeal(case, actor=master, grant=True, answer="Mine stands")
    actions.answer_appeal(case, actor=other_master, grant=False, answer="It was not")
    with pytest.raises(WrongState):
        actions.appeal_case(case, actor=creator, words="Again")

    case.refresh_from_db()
    assert (case.state, state_of(message)[1]) == ("confirmed", True)
    assert told(creator)[-1] == "Your appeal was turned down"
    assert told(other_master) == ["An appeal waits for your answer"]
    assert told(master) == []


def test_a_case_that_was_kept_is_nobodys_but_the_masters(message: Message, creator: Any, master: Any) -> None:
    case = CaseFactory(message=message, state="declined")

    assert (rules.can_view_case(creator, case), rules.can_view_case(master, case)) == (False, True)
    with pytest.raises(Missing):
        actions.appeal_case(case, actor=creator, words="Why?")


def test_what_was_left_on_a_removed_message_goes_with_it(message: Message, creator: Any, master: Any) -> None:
    EarlierText.objects.create(message=message, html="<p>Dear pumps</p>")

    upheld(CaseFactory(message=message), master, "remove")

    assert EarlierText.objects.count() == 0


def test_removed_words_are_kept_for_an_appeal_and_forgotten_after(message: Message, creator: Any, master: Any) -> None:
    fresh = upheld(CaseFactory(message=message), master, "remove")
    old, appealed = (upheld(CaseFactory(message=said_by(creator)), master, "remove") for _twice in range(2))
    actions.appeal_case(appealed, actor=creator, words="Please")
    long_ago = timezone.now() - timedelta(days=31)
    ModerationCase.objects.filter(pk__in=[old.pk, appealed.pk]).update(decided_at=long_ago)

    assert forget_removed_words() == 1

    left = dict(ModerationCase.objects.values_list("pk", "kept_text"))
    assert {pk for pk, words in left.items() if words} == {fresh.pk, appealed.pk}


def test_everything_is_in_the_audit_and_nobodys_words_are(message: Message, creator: Any, rival: Any) -> None:
    master, other = (UserFactory(is_platform_master=True) for _twice in range(2))
    report(message, rival, words="Canary one")
    case = ModerationCase.objects.get()
    until = timezone.now() + timedelta(days=1)
    actions.uphold_case(case, Sentence(Outcome.MUTE, until, True), actor=master, rationale="Canary two")
    actions.appeal_case(case, actor=creator, words="Canary three")
    actions.answer_appeal(case, actor=other, grant=True, answer="Canary four")

    happened = [(event.action, event.actor_id) for event in AuditEvent.objects.order_by("pk")]
    assert happened == [
        ("moderation_case.open", rival.pk),
        ("message.report", rival.pk),
        ("moderation_case.uphold", master.pk),
        ("message.hide", master.pk),
        ("person.mute", master.pk),
        ("moderation_case.appeal", creator.pk),
        ("moderation_case.overturn", other.pk),
        ("message.unhide", other.pk),
        ("person.unmute", other.pk),
    ]
    assert "Canary" not in str(list(AuditEvent.objects.values()))
    assert list(audit.verify()) == []


# --- hiding


def test_a_moderator_hides_and_shows_again(organisation: Any, owner: Any, colleague: Any) -> None:
    message = said_by(colleague, room=room_of(organisation))

    case = actions.hide_message(message, actor=owner, rationale="Not here")
    assert (case.state, case.outcome, state_of(message)[1]) == ("upheld", "hide", True)

    actions.unhide_message(message, actor=owner)
    case.refresh_from_db()
    assert (case.state, state_of(message)[1]) == ("overturned", False)


def test_only_moderators_hide_and_none_their_own_words(
    organisation: Any, owner: Any, colleague: Any, master: Any
) -> None:
    theirs, own = said_by(colleague, room=room_of(organisation)), said_by(owner, room=room_of(organisation_of(owner)))
    fellow = member_of(organisation)

    for message, actor in ((theirs, fellow), (theirs, colleague), (own, owner), (theirs, master)):
        with pytest.raises(Missing):
            actions.hide_message(message, actor=actor, rationale="Because")
    assert state_of(theirs)[1] is False


def organisation_of(owner: Any) -> Any:
    organisation = OrganisationFactory()
    organisation.memberships.create(user=owner, role="owner")
    owner.forget_roles()
    return organisation


def test_a_frame_holds_no_hidden_word_whoever_asks(message: Message, master: Any) -> None:
    actions.hide_message(message, actor=master, rationale="Advertising")
    message.refresh_from_db()

    frame = said(message)

    assert "pumps" not in str(frame)
    assert (frame["text"], frame["html"], frame["hidden"]) == ("", "", message.hidden_at.isoformat())  # type: ignore[union-attr]


def test_hiding_counts_as_a_change_of_the_room(message: Message, master: Any) -> None:
    actions.hide_message(message, actor=master, rationale="Advertising")

    message.refresh_from_db()
    assert (message.revision, message.room.revision) == (1, 1)


def test_hidden_words_are_read_by_author_and_moderators(
    message: Message, creator: Any, rival: Any, master: Any
) -> None:
    actions.hide_message(message, actor=master, rationale="Advertising")
    message.refresh_from_db()

    assert [rules.can_read_words(user, message) for user in (creator, master, rival)] == [True, True, False]
    assert list(Message.objects.saying_something()) == []


def test_a_hidden_message_is_not_edited(message: Message, creator: Any, master: Any) -> None:
    actions.hide_message(message, actor=master, rationale="Advertising")

    with pytest.raises(Missing):
        actions.edit_message(message, actor=creator, text="Dear pumps")


def test_erasing_a_person_takes_their_words_from_cases(
    message: Message, creator: Any, colleague: Any, master: Any
) -> None:
    report(message, colleague, words="He sells pumps")
    case = upheld(ModerationCase.objects.get(), master, "remove")
    actions.appeal_case(case, actor=creator, words="It was a joke")
    actions.block_person(colleague, actor=creator)

    for person in (creator, colleague):
        erase_person(person, actor=person)

    case.refresh_from_db()
    assert (case.kept_text, case.appeal, Report.objects.get().words, creator.blockings.count()) == ("", "", "", 0)


def test_the_record_of_an_author_counts_what_holds(creator: Any, master: Any) -> None:
    room = RoomFactory()
    cases = [CaseFactory(message=said_by(creator, room=room)) for _each in range(3)]
    upheld(cases[0], master, "mute", until=timezone.now() + timedelta(days=1))
    upheld(cases[1], master, "warn")
    actions.keep_message(cases[2], actor=master)

    record = record_of(creator)

    assert (record.messages, record.kept, len(record.mutings)) == (3, 1, 1)
    assert record.by_outcome == [("Hide the message and mute the author", 1), ("Warn the author", 1)]
