"""The clock moves what is due, once, and holds up nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from challenges.enums import ChallengeState, PhaseState
from challenges.models import Challenge, ChallengePhase
from challenges.tasks import move_challenges
from portal.kernel.audit import history
from tests.factories.challenges import ChallengeFactory, PhaseFactory

pytestmark = pytest.mark.django_db


def _moved(challenge: Challenge, **fields: object) -> Challenge:
    Challenge.objects.filter(pk=challenge.pk).update(**fields)
    challenge.refresh_from_db()
    return challenge


def _ago(minutes: float) -> object:
    return timezone.now() - timedelta(minutes=minutes)


@pytest.mark.parametrize("state", [ChallengeState.APPROVED, ChallengeState.FORECAST])
def test_opens_when_its_time_has_come(state: ChallengeState) -> None:
    planned = _ago(1)
    challenge = _moved(ChallengeFactory(state=state), opens_at=planned)
    assert move_challenges() == 1
    challenge.refresh_from_db()
    assert (challenge.state, challenge.opens_at, challenge.terms_versions.get().is_frozen) == (
        ChallengeState.OPEN,
        planned,
        True,
    )
    assert history(challenge)[-1].actor is None


def test_stays_until_its_time() -> None:
    challenge = ChallengeFactory(state=ChallengeState.APPROVED)
    assert move_challenges() == 0
    challenge.refresh_from_db()
    assert challenge.state == ChallengeState.APPROVED


def test_without_an_opening_date_it_waits_for_its_seeker() -> None:
    _moved(ChallengeFactory(state=ChallengeState.APPROVED), opens_at=None)
    assert move_challenges() == 0


def test_never_opens_after_its_deadline() -> None:
    _moved(ChallengeFactory(state=ChallengeState.FORECAST), opens_at=_ago(2), closes_at=_ago(1))
    assert move_challenges() == 0


def test_closes_at_its_deadline_with_its_phase() -> None:
    challenge = _moved(ChallengeFactory(), closes_at=_ago(1))
    assert move_challenges() == 1
    challenge.refresh_from_db()
    assert (challenge.state, challenge.phases.get().state) == (ChallengeState.CLOSED, PhaseState.CLOSED)


def test_twice_is_once() -> None:
    _moved(ChallengeFactory(), closes_at=_ago(1))
    assert (move_challenges(), move_challenges()) == (1, 0)


def test_phases_follow_each_other() -> None:
    challenge = ChallengeFactory()
    challenge.phases.update(closes_at=_ago(1))
    second = PhaseFactory(challenge=challenge, state=PhaseState.PLANNED, opens_at=_ago(1))
    assert move_challenges() == 2
    second.refresh_from_db()
    assert [phase.state for phase in challenge.phases.all()] == [PhaseState.CLOSED, PhaseState.OPEN]
    challenge.refresh_from_db()
    assert challenge.state == ChallengeState.OPEN


def test_cancelled_challenge_stays_sealed() -> None:
    challenge = _moved(ChallengeFactory(), state=ChallengeState.CANCELLED, closes_at=_ago(1))
    ChallengePhase.objects.update(closes_at=_ago(1))
    assert move_challenges() == 0
    assert challenge.phases.get().is_unsealed is False


def test_one_that_cannot_go_holds_up_no_other() -> None:
    broken, sound = (_moved(ChallengeFactory(state=ChallengeState.APPROVED), opens_at=_ago(1)) for _ in range(2))
    ChallengePhase.objects.filter(challenge=broken).update(opens_at=_ago(2), closes_at=_ago(1))
    assert move_challenges() == 1
    broken.refresh_from_db()
    sound.refresh_from_db()
    assert (broken.state, sound.state) == (ChallengeState.APPROVED, ChallengeState.OPEN)
