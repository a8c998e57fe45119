"""What can be done with ventures and at their gates: the same from page, API, shell and admin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.models import Award
from portal.files.actions import discard, store
from portal.kernel import audit
from portal.kernel.access import require
from portal.kernel.errors import Refused

from . import rules, signals
from .enums import PASSED, GateOutcome, Stage, VentureRole, VentureState
from .models import GateCriterion, GateEvidence, GateFinding, GateReview, Venture, VentureMember
from .workflow import GATE_REVIEW, STAGES, STEERING, VENTURE


@transaction.atomic
def open_venture_for_award(award: Award, *, actor: Any) -> Venture:
    """The venture that grows out of ``award``: one, however often this is called.

    The seeker's organisation sponsors it, the winning team works on it, who awarded keeps its gates.
    """
    known = Venture.objects.filter(award=award).first()
    if known:
        return known
    venture = Venture.objects.create(
        title=award.submission.title,
        summary=award.submission.abstract,
        organisation=award.challenge.organisation,
        award=award,
    )
    team = award.submission.team
    _add(venture, team.lead, VentureRole.LEAD)
    for person in team.members.exclude(pk=team.lead_id):
        _add(venture, person, VentureRole.MEMBER)
    _add(venture, award.awarded_by, VentureRole.GATE_KEEPER)
    audit.record("venture.open", venture, actor=actor, award=award.pk)
    signals.venture_opened.send(sender=Venture, obj=venture, actor=actor)
    return venture


@transaction.atomic
def describe_venture(venture: Venture, *, actor: Any, title: str, summary: str) -> Venture:
    """Change what a venture says about itself."""
    require(actor, rules.can_edit_venture, venture)
    venture.title, venture.summary = title, summary
    venture.save(update_fields=["title", "summary", "updated_at"])
    audit.record("venture.describe", venture, actor=actor, text=audit.digest(title + summary))
    return venture


@transaction.atomic
def show_venture(venture: Venture, *, actor: Any, is_public: bool) -> Venture:
    """Show a venture's title, summary and stage to everyone, or no longer."""
    require(actor, rules.can_steer_venture, venture)
    venture.is_public = is_public
    venture.save(update_fields=["is_public", "updated_at"])
    audit.record("venture.show", venture, actor=actor, is_public=is_public)
    return venture


def steer_venture(venture: Venture, name: str, *, actor: Any, reason: str = "") -> Venture:
    """Hold, resume, graduate or stop a venture; raises what the workflow raises."""
    require(actor, rules.can_enter_venture, venture)
    if name not in STEERING:
        raise Refused(_("There is no such step."), code="unknown_transition")
    return VENTURE.perform(venture, name, actor=actor, reason=reason, state_note=reason)


@transaction.atomic
def add_person(venture: Venture, *, actor: Any, person: Any, role: str) -> VentureMember:
    """Give ``person`` a part in the venture. Nobody judges their own work: the team keeps no gate."""
    require(actor, rules.can_staff_venture, venture)
    if role == VentureRole.LEAD:
        raise Refused(_("A venture has one lead already."), code="one_lead", field="role")
    others = set(venture.members.filter(user=person).values_list("role", flat=True))
    if VentureRole.GATE_KEEPER in {role, *others} and {role, *others} & {VentureRole.LEAD, VentureRole.MEMBER}:
        raise Refused(_("Who works on a venture cannot keep its gates."), code="own_gate", field="role")
    member = _add(venture, person, role)
    audit.record("venture.add_person", venture, actor=actor, person=person.pk, role=role)
    signals.venture_people_changed.send(sender=Venture, obj=venture, user=person)
    return member


@transaction.atomic
def remove_person(member: VentureMember, *, actor: Any) -> None:
    """Take away one part of a person; the lead stays, and so does the last gate-keeper."""
    venture = member.venture
    require(actor, rules.can_staff_venture, venture)
    if member.role == VentureRole.LEAD:
        raise Refused(_("The lead cannot be removed."), code="lead_stays")
    if member.role == VentureRole.GATE_KEEPER and venture.members.filter(role=member.role).count() == 1:
        raise Refused(_("A venture needs somebody who keeps its gates."), code="last_gate_keeper")
    person = member.user
    audit.record("venture.remove_person", venture, actor=actor, person=person.pk, role=member.role)
    member.delete()
    signals.venture_people_changed.send(sender=Venture, obj=venture, user=person)


@transaction.atomic
def open_review(venture: Venture, *, actor: Any) -> GateReview:
    """Call the gate-keepers to the gate at the end of the venture's stage, with today's criteria."""
    locked = Venture.objects.select_for_update(of=("self",)).get(pk=venture.pk)
    require(actor, rules.can_open_review, locked)
    if locked.state != VentureState.ACTIVE:
        raise Refused(_("A venture on hold goes to no gate: resume it first."), code="on_hold")
    if Stage(locked.stage).next is None:
        raise Refused(_("There is no gate after the last stage."), code="last_stage")
    if locked.reviews.waiting().exists():
        raise Refused(_("A gate review is open already."), code="review_open")
    review = GateReview.objects.create(venture=locked, stage=locked.stage, opened_by=actor)
    asked = GateCriterion.objects.filter(stage=locked.stage, is_asked=True)
    GateFinding.objects.bulk_create(
        GateFinding(review=review, text=c.text, weight=c.weight, position=place) for place, c in enumerate(asked)
    )
    audit.record("gate_review.open", review, actor=actor, venture=locked.pk, stage=str(locked.stage))
    signals.gate_review_called.send(sender=GateReview, obj=review, actor=actor)
    return review


@transaction.atomic
def bring_evidence(review: GateReview, *, actor: Any, upload: UploadedFile, shows: str) -> GateEvidence:
    """Lay a file before the gate-keepers; raises what ``portal.files`` raises on a bad file."""
    require(actor, rules.can_bring_evidence, review)
    evidence = store(GateEvidence, upload, uploaded_by=actor, review=review, shows=shows)
    audit.record("gate_review.bring_evidence", review, actor=actor, file=evidence.pk, sha256=evidence.sha256)
    return evidence


@transaction.atomic
def withdraw_evidence(evidence: GateEvidence, *, actor: Any) -> None:
    """Take a file back while the review is open."""
    require(actor, rules.can_bring_evidence, evidence.review)
    audit.record("gate_review.withdraw_evidence", evidence.review, actor=actor, file=evidence.pk)
    discard(evidence)


@transaction.atomic
def judge_findings(review: GateReview, *, actor: Any, met: Mapping[int, bool | None], notes: Mapping[int, str]) -> None:
    """Say of each criterion whether it is met; keys are the findings' primary keys, unknown ones are ignored."""
    require(actor, rules.can_judge_findings, review)
    findings = list(review.findings.filter(pk__in=met.keys()))
    for finding in findings:
        finding.is_met, finding.note = met[finding.pk], notes.get(finding.pk, "")
    GateFinding.objects.bulk_update(findings, ["is_met", "note"])
    audit.record("gate_review.judge", review, actor=actor, met=sum(finding.is_met is True for finding in findings))


@transaction.atomic
def decide_gate(review: GateReview, outcome: str, *, actor: Any, rationale: str, conditions: str = "") -> GateReview:
    """Speak at the gate, once, and move the venture accordingly.

    Go and conditional go take it into the next stage; hold puts it on hold, kill stops it, recycle leaves it.
    Raises ``WrongState`` when somebody else has spoken, ``Refused`` when a must-meet criterion is not met.
    """
    require(actor, rules.can_decide_gate, review)
    if outcome == GateOutcome.CONDITIONAL_GO:
        GateReview.objects.filter(pk=review.pk, state=GateOutcome.OPEN).update(conditions=conditions)
    decided = GATE_REVIEW.perform(
        review, outcome, actor=actor, reason=rationale,
        rationale=rationale, decided_by=actor, decided_at=timezone.now(),
    )  # fmt: skip
    _follow(decided, actor)
    return decided


def _follow(review: GateReview, actor: Any) -> None:
    """What the outcome does to the venture."""
    if review.state in PASSED:
        STAGES.perform(review.venture, "advance", actor=actor)
    elif review.state == GateOutcome.HOLD:
        VENTURE.perform(review.venture, "hold_at_gate", actor=actor, state_note=review.rationale)
    elif review.state == GateOutcome.KILL:
        VENTURE.perform(review.venture, "stop_at_gate", actor=actor, state_note=review.rationale)


def _add(venture: Venture, person: Any, role: str) -> VentureMember:
    return VentureMember.objects.get_or_create(venture=venture, user=person, role=role)[0]
