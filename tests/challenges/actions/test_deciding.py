from __future__ import annotations

import pytest

from challenges.actions import deciding, filing
from challenges.enums import SubmissionState as S
from challenges.models import Challenge, Submission
from portal.accounts.models import Organisation, User
from portal.kernel.errors import Conflict, Missing, Refused, WrongState
from portal.notifications.models import Notification
from tests.challenges import scenes
from tests.factories.accounts import UserFactory, owner_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge(organisation: Organisation) -> Challenge:
    return scenes.open_challenge(organisation)


@pytest.fixture
def submission(challenge: Challenge, creator: User) -> Submission:
    filed = scenes.file(challenge, creator)
    scenes.close(challenge, evaluating=True)
    return Submission.objects.get(pk=filed.pk)


@pytest.fixture
def judged(submission: Submission, owner: User) -> Submission:
    return deciding.take_into_evaluation(submission, actor=owner)


def news_of(person: User) -> list[str]:
    return list(
        Notification.objects.filter(user=person, subject__startswith="Decision").values_list("subject", flat=True)
    )


@pytest.mark.parametrize("state", [S.SUBMITTED, S.SCREENING, S.MORE_INFO, S.ELIGIBLE, S.IN_EVALUATION])
def test_into_evaluation_from_every_state_on_the_way(submission: Submission, owner: User, state: S) -> None:
    Submission.objects.filter(pk=submission.pk).update(state=state)
    submission.refresh_from_db()
    assert deciding.take_into_evaluation(submission, actor=owner).state == S.IN_EVALUATION


@pytest.mark.parametrize("state", [S.INELIGIBLE, S.SELECTED, S.NOT_SELECTED, S.AWARDED, S.DISQUALIFIED])
def test_from_elsewhere_there_is_no_way(submission: Submission, owner: User, state: S) -> None:
    Submission.objects.filter(pk=submission.pk).update(state=state)
    submission.refresh_from_db()
    with pytest.raises(WrongState):
        deciding.take_into_evaluation(submission, actor=owner)


def test_screening_asks_refuses_and_says_why(submission: Submission, owner: User, creator: User) -> None:
    deciding.move_submission(submission, "screen", actor=owner)
    with pytest.raises(Refused, match="reason"):
        deciding.move_submission(submission, "ask_more", actor=owner)
    asked = deciding.move_submission(submission, "ask_more", actor=owner, reason="Which steel?")
    assert (asked.state, asked.state_note) == (S.MORE_INFO, "Which steel?")
    refused = deciding.move_submission(submission, "refuse_eligible", actor=owner, reason="Out of scope.")
    assert (refused.state, refused.state_note) == (S.INELIGIBLE, "Out of scope.")
    assert Notification.objects.filter(user=creator, subject__startswith="Your submission").count() == 2


def test_a_quiet_decision_is_quiet(judged: Submission, owner: User, creator: User) -> None:
    noted = deciding.decide_quietly(judged, "select", actor=owner, feedback="Splendid.")
    assert (noted.state, noted.pending_decision, noted.informed_at) == (S.IN_EVALUATION, "select", None)
    assert news_of(creator) == []


def test_release_tells_all_together(challenge: Challenge, judged: Submission, owner: User, creator: User) -> None:
    deciding.decide_quietly(judged, "select", actor=owner)
    told = deciding.release_decisions(challenge, actor=owner)
    judged.refresh_from_db()
    assert told == [judged]
    assert (judged.state, judged.pending_decision, judged.informed_at is not None) == (S.SELECTED, "", True)
    assert len(news_of(creator)) == 1
    with pytest.raises(Refused, match="No decision is waiting"):
        deciding.release_decisions(challenge, actor=owner)


def test_the_platform_master_releases_and_does_not_decide(
    challenge: Challenge, judged: Submission, owner: User, master: User
) -> None:
    for name in ("select", "decline", "shortlist"):
        with pytest.raises(Missing):
            deciding.move_submission(judged, name, actor=master)
    with pytest.raises(Missing):
        deciding.decide_quietly(judged, "select", actor=master)
    deciding.decide_quietly(judged, "decline", actor=owner)
    with pytest.raises(Missing):
        deciding.move_submission(judged, "select", actor=master)
    assert deciding.release_decisions(challenge, actor=master)[0].state == S.NOT_SELECTED


def test_neither_solver_nor_stranger_decides_or_releases(
    challenge: Challenge, judged: Submission, owner: User, creator: User, rival: User
) -> None:
    deciding.decide_quietly(judged, "decline", actor=owner)
    for person in (creator, rival, UserFactory()):
        with pytest.raises(Missing):
            deciding.decide_quietly(judged, "select", actor=person)
        with pytest.raises(Missing):
            deciding.release_decisions(challenge, actor=person)


def test_of_two_who_decide_differently_the_second_is_told(
    judged: Submission, owner: User, organisation: Organisation
) -> None:
    other = owner_of(organisation)
    deciding.decide_quietly(judged, "select", actor=owner, seen="")
    with pytest.raises(Conflict, match="Select"):
        deciding.decide_quietly(judged, "decline", actor=other, seen="")
    judged.refresh_from_db()
    assert judged.pending_decision == "select"
    assert deciding.decide_quietly(judged, "decline", actor=other, seen="select").pending_decision == "decline"


def test_withdrawing_takes_a_noted_decision_along(
    challenge: Challenge, judged: Submission, owner: User, creator: User
) -> None:
    deciding.decide_quietly(judged, "select", actor=owner)
    filing.withdraw_submission(judged, actor=creator)
    with pytest.raises(Refused):
        deciding.release_decisions(challenge, actor=owner)
    judged.refresh_from_db()
    assert (judged.state, judged.pending_decision) == (S.WITHDRAWN, "")


@pytest.mark.parametrize("decision", ["award", "withdraw", "crown"])
def test_a_word_that_is_no_decision_is_refused(judged: Submission, owner: User, decision: str) -> None:
    with pytest.raises(Refused):
        deciding.decide_quietly(judged, decision, actor=owner)


@pytest.mark.parametrize("name", ["submit", "withdraw", "award"])
def test_what_has_an_action_of_its_own_has_no_other_door(judged: Submission, owner: User, name: str) -> None:
    with pytest.raises(Refused):
        deciding.move_submission(judged, name, actor=owner)


def test_disqualifying_says_why_and_is_final(judged: Submission, owner: User, master: User) -> None:
    with pytest.raises(Refused, match="reason"):
        deciding.move_submission(judged, "disqualify", actor=master)
    gone = deciding.move_submission(judged, "disqualify", actor=master, reason="Copied.")
    assert (gone.state, gone.state_note) == (S.DISQUALIFIED, "Copied.")
    with pytest.raises(WrongState):
        deciding.take_into_evaluation(gone, actor=owner)
