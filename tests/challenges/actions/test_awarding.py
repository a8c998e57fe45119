from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from djmoney.money import Money

from challenges import signals
from challenges.actions import awarding, deciding
from challenges.enums import AwardState
from challenges.enums import SubmissionState as S
from challenges.models import Award, Challenge, Submission
from portal.accounts.models import Organisation, User
from portal.kernel import audit
from portal.kernel.errors import Missing, Refused, WrongState
from portal.notifications.models import Notification
from tests.challenges import scenes
from tests.factories.challenges import ChallengeFactory, SubmissionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge(organisation: Organisation) -> Challenge:
    return scenes.open_challenge(organisation)


@pytest.fixture
def selected(challenge: Challenge, creator: User, owner: User) -> Submission:
    submission = scenes.file(challenge, creator)
    scenes.close(challenge, evaluating=True)
    judged = deciding.take_into_evaluation(submission, actor=owner)
    return deciding.move_submission(judged, "select", actor=owner)


def test_an_award_is_given_and_offered_with_what_the_team_accepted(
    challenge: Challenge, selected: Submission, owner: User, creator: User
) -> None:
    heard: list[Any] = []
    receiver = lambda **news: heard.append((news["award"].pk, news["actor"]))  # noqa: E731
    signals.submission_awarded.connect(receiver)
    award = awarding.award_submission(selected, actor=owner, reward=challenge.rewards.get(), citation=" Quiet. ")
    selected.refresh_from_db()
    assert (award.state, award.amount, award.citation) == (AwardState.OFFERED, Money(5000, "EUR"), "Quiet.")
    assert (award.terms_version, selected.state) == (challenge.terms_versions.get(), S.AWARDED)
    assert heard == [(award.pk, owner)]
    assert [event.action for event in audit.history(award)] == ["award.recommend", "award.approve", "award.offer"]
    assert Notification.objects.filter(user=creator, category="awards").count() == 1


def test_the_team_accepts_and_the_award_is_public(selected: Submission, owner: User, creator: User) -> None:
    award = awarding.award_submission(selected, actor=owner)
    with pytest.raises(Missing):
        awarding.accept_award(award, actor=owner)
    accepted = awarding.accept_award(award, actor=creator)
    assert (accepted.state, accepted.announced_at is not None) == (AwardState.ACCEPTED, True)


def test_a_declined_reward_can_go_to_another(
    challenge: Challenge, selected: Submission, owner: User, creator: User
) -> None:
    reward = challenge.rewards.get()
    award = awarding.award_submission(selected, actor=owner, reward=reward)
    runner_up = SubmissionFactory(challenge=challenge, state=S.SELECTED)
    with pytest.raises(Refused, match="given already"):
        awarding.award_submission(runner_up, actor=owner, reward=reward)
    runner_up.refresh_from_db()
    assert runner_up.state == S.SELECTED
    assert awarding.decline_award(award, actor=creator).state == AwardState.DECLINED
    assert awarding.award_submission(runner_up, actor=owner, reward=reward).state == AwardState.OFFERED


def test_a_second_award_is_refused_by_state_and_by_the_database(selected: Submission, owner: User) -> None:
    award = awarding.award_submission(selected, actor=owner)
    with pytest.raises(WrongState, match="Awarded") as refusal:
        awarding.award_submission(selected, actor=owner)
    assert (refusal.value.status, refusal.value.state) == (409, S.AWARDED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.create(challenge=award.challenge, submission=selected, awarded_by=owner)


@pytest.mark.parametrize("state", [state for state in S if state != S.SELECTED])
def test_only_what_was_selected_is_awarded(challenge: Challenge, owner: User, state: S) -> None:
    submission = SubmissionFactory(challenge=challenge, state=state)
    with pytest.raises(WrongState):
        awarding.award_submission(submission, actor=owner)
    assert Award.objects.count() == 0


def test_only_the_seeker_awards(selected: Submission, master: User, creator: User, rival: User) -> None:
    for person in (master, creator, rival):
        with pytest.raises(Missing):
            awarding.award_submission(selected, actor=person)


def test_a_reward_of_another_challenge_and_a_negative_amount_are_refused(selected: Submission, owner: User) -> None:
    with pytest.raises(Missing):
        awarding.award_submission(selected, actor=owner, reward=ChallengeFactory().rewards.get())
    with pytest.raises(Refused, match="negative"):
        awarding.award_submission(selected, actor=owner, amount=Money(-1, "EUR"))
    selected.refresh_from_db()
    assert (selected.state, Award.objects.count()) == (S.SELECTED, 0)


def test_from_the_offer_to_the_settlement(selected: Submission, owner: User, creator: User, master: User) -> None:
    award = awarding.award_submission(selected, actor=owner)
    with pytest.raises(WrongState):
        awarding.move_award(award, "settle", actor=owner)
    awarding.move_award(award, "accept", actor=creator)
    for name in ("verify", "contract", "pay", "settle"):
        award = awarding.move_award(award, name, actor=owner)
    assert award.state == AwardState.SETTLED


def test_the_platform_master_freezes_with_a_reason(selected: Submission, owner: User, master: User) -> None:
    award = awarding.award_submission(selected, actor=owner)
    with pytest.raises(Refused, match="reason"):
        awarding.move_award(award, "freeze", actor=master)
    assert awarding.move_award(award, "freeze", actor=master, reason="A dispute.").state == AwardState.FROZEN


STEPS = (
    "challenges.actions.awarding._refuse_reward",
    "challenges.actions.awarding._accepted_terms",
    "challenges.models.Award.save",
    "challenges.actions.awarding.audit.record",
    "challenges.actions.awarding.signals.submission_awarded.send",
    "challenges.receivers.solving.notices.AwardOffered.of",
)


class Killed(Exception):
    """The process ends here."""


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_there_is_no_award_and_no_awarded_submission(
    selected: Submission, owner: User, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*args: Any, **kwargs: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(step, dies)
        with pytest.raises(Killed):
            awarding.award_submission(selected, actor=owner)
    selected.refresh_from_db()
    assert (selected.state, Award.objects.count(), list(audit.verify())) == (S.SELECTED, 0, [])
    assert awarding.award_submission(selected, actor=owner).state == AwardState.OFFERED
