"""Ventures grow out of awards and pass gates on evidence."""

from __future__ import annotations

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from challenges.signals import submission_awarded
from portal.accounts.models import User
from portal.incubation import actions
from portal.incubation.enums import GateOutcome, Stage, VentureRole, VentureState
from portal.incubation.models import GateReview, Venture
from portal.kernel.errors import Missing, Refused, WrongState
from portal.kernel.models import AuditEvent
from portal.notifications.models import Notification
from tests.factories.accounts import UserFactory, owner_of
from tests.factories.challenges import AwardFactory
from tests.factories.incubation import GateReviewFactory, VentureFactory, keeper_of, lead_of


def judge(review: GateReview, verdict: bool) -> None:
    review.findings.update(is_met=verdict)


def test_an_award_opens_one_venture_with_its_people(db: None) -> None:
    award = AwardFactory()

    submission_awarded.send(sender=type(award), award=award, actor=award.awarded_by)
    submission_awarded.send(sender=type(award), award=award, actor=award.awarded_by)

    venture = Venture.objects.get(award=award)
    assert (venture.title, venture.organisation, venture.stage, venture.state) == (
        award.submission.title, award.challenge.organisation, Stage.DISCOVERY, VentureState.ACTIVE,
    )  # fmt: skip
    assert set(venture.members.values_list("user", "role")) == {
        (award.submission.team.lead_id, VentureRole.LEAD),
        (award.awarded_by_id, VentureRole.GATE_KEEPER),
    }
    assert Notification.objects.filter(kind="venture", key=venture.public_id).count() == 2


def test_opening_a_review_asks_the_criteria_of_the_stage(db: None) -> None:
    venture = VentureFactory()

    review = actions.open_review(venture, actor=lead_of(venture))

    assert (review.stage, review.state) == (Stage.DISCOVERY, GateOutcome.OPEN)
    assert review.findings.count() == 3
    assert Notification.objects.filter(user=keeper_of(venture), kind="gate_review").count() == 1


def test_a_second_review_is_refused_while_one_is_open(db: None) -> None:
    review = GateReviewFactory()

    with pytest.raises(Refused, match="open already"):
        actions.open_review(review.venture, actor=lead_of(review.venture))


def test_go_takes_the_venture_into_its_next_stage(db: None) -> None:
    review = GateReviewFactory()
    judge(review, True)

    decided = actions.decide_gate(review, "go", actor=keeper_of(review.venture), rationale="Shown.")

    review.venture.refresh_from_db()
    assert (decided.state, decided.rationale, review.venture.stage) == (GateOutcome.GO, "Shown.", Stage.SCOPING)
    assert Notification.objects.filter(user=lead_of(review.venture), kind="gate_review").count() == 1


def test_go_is_refused_while_a_must_is_not_met(db: None) -> None:
    review = GateReviewFactory()
    judge(review, False)

    with pytest.raises(Refused, match="must-meet"):
        actions.decide_gate(review, "go", actor=keeper_of(review.venture), rationale="Still.")

    review.refresh_from_db()
    review.venture.refresh_from_db()
    assert (review.state, review.venture.stage) == (GateOutcome.OPEN, Stage.DISCOVERY)


@pytest.mark.parametrize(
    ("outcome", "stage", "state"),
    [
        ("conditional_go", Stage.SCOPING, VentureState.ACTIVE),
        ("hold", Stage.DISCOVERY, VentureState.ON_HOLD),
        ("recycle", Stage.DISCOVERY, VentureState.ACTIVE),
        ("kill", Stage.DISCOVERY, VentureState.STOPPED),
    ],
)
def test_each_outcome_moves_the_venture_its_way(db: None, outcome: str, stage: str, state: str) -> None:
    review = GateReviewFactory()

    actions.decide_gate(review, outcome, actor=keeper_of(review.venture), rationale="Because.", conditions="Two more.")

    review.venture.refresh_from_db()
    assert (review.venture.stage, review.venture.state) == (stage, state)


def test_a_conditional_go_names_its_conditions(db: None) -> None:
    review = GateReviewFactory()

    with pytest.raises(Refused, match="conditions"):
        actions.decide_gate(review, "conditional_go", actor=keeper_of(review.venture), rationale="Nearly.")


def test_the_team_cannot_decide_and_the_gate_keeper_brings_no_evidence(db: None) -> None:
    review = GateReviewFactory()
    upload = SimpleUploadedFile("proof.txt", b"It works, see here.", content_type="text/plain")

    with pytest.raises(Missing):
        actions.decide_gate(review, "kill", actor=lead_of(review.venture), rationale="No.")
    with pytest.raises(Missing):
        actions.bring_evidence(review, actor=keeper_of(review.venture), upload=upload, shows="x")


def test_evidence_is_kept_and_can_be_taken_back_until_the_decision(db: None) -> None:
    review = GateReviewFactory()
    lead = lead_of(review.venture)
    upload = SimpleUploadedFile("proof.txt", b"It works, see here.", content_type="text/plain")

    evidence = actions.bring_evidence(review, actor=lead, upload=upload, shows="That it works")
    assert (evidence.name, evidence.shows, evidence.size) == ("proof.txt", "That it works", 19)

    actions.decide_gate(review, "recycle", actor=keeper_of(review.venture), rationale="More.")
    review.refresh_from_db()
    evidence.refresh_from_db()
    with pytest.raises(Missing):
        actions.withdraw_evidence(evidence, actor=lead)


def test_nobody_keeps_the_gate_of_their_own_work(db: None) -> None:
    venture = VentureFactory()
    sponsor = owner_of(venture.organisation)

    with pytest.raises(Refused, match="cannot keep its gates"):
        actions.add_person(venture, actor=sponsor, person=lead_of(venture), role=VentureRole.GATE_KEEPER)
    with pytest.raises(Refused, match="cannot keep its gates"):
        actions.add_person(venture, actor=sponsor, person=keeper_of(venture), role=VentureRole.MEMBER)


def test_the_last_gate_keeper_stays(db: None) -> None:
    venture = VentureFactory()
    sponsor = owner_of(venture.organisation)
    keeper = venture.members.get(role=VentureRole.GATE_KEEPER)

    with pytest.raises(Refused, match="keeps its gates"):
        actions.remove_person(keeper, actor=sponsor)

    actions.add_person(venture, actor=sponsor, person=UserFactory(), role=VentureRole.GATE_KEEPER)
    actions.remove_person(keeper, actor=sponsor)
    assert venture.members.filter(role=VentureRole.GATE_KEEPER).count() == 1


def test_only_a_launched_venture_graduates(db: None) -> None:
    venture = VentureFactory()
    sponsor = owner_of(venture.organisation)

    with pytest.raises(Refused, match="launch"):
        actions.steer_venture(venture, "graduate", actor=sponsor)

    Venture.objects.update(stage=Stage.LAUNCH)
    assert actions.steer_venture(venture, "graduate", actor=sponsor).state == VentureState.GRADUATED


def test_what_happens_at_a_gate_is_no_button(db: None) -> None:
    venture = VentureFactory()

    with pytest.raises(Refused, match="no such step"):
        actions.steer_venture(venture, "stop_at_gate", actor=keeper_of(venture))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_gate_keepers_at_once_one_decides() -> None:
    review = GateReviewFactory()
    judge(review, True)
    keeper, barrier, outcomes = keeper_of(review.venture), threading.Barrier(4), []

    def decide(outcome: str, actor: User) -> None:
        copy = GateReview.objects.get(pk=review.pk)
        barrier.wait()
        try:
            outcomes.append(actions.decide_gate(copy, outcome, actor=actor, rationale="Now.").state)
        except WrongState as refused:
            outcomes.append(f"lost to {refused.state}")
        connection.close()

    threads = [threading.Thread(target=decide, args=(o, keeper)) for o in ("go", "kill", "hold", "recycle")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    review.refresh_from_db()
    assert sorted(outcomes) == sorted([review.state] + [f"lost to {review.state}"] * 3)
    decided = AuditEvent.objects.filter(kind="gate_review", action__in=[f"gate_review.{o}" for o in GateOutcome])
    assert decided.count() == 1
