"""Writing a challenge: everything may change until it is sent in, and again when changes are asked for."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.kernel import audit
from portal.kernel.access import fetch_locked, require
from portal.kernel.errors import Conflict, Refused
from portal.kernel.text import render_markdown

from .. import rules
from ..blueprints import Blueprint, blueprint_of, usual_phase
from ..content import ChallengeContent
from ..models import Challenge, ChallengePhase, Criterion, Requirement, Reward, Rubric, TermsVersion

if TYPE_CHECKING:
    from portal.accounts.models import Organisation, User

ROWS = ("requirements", "rewards", "phases", "terms")
MOST_ROWS = 30


def draft_challenge(organisation: Organisation, content: ChallengeContent, *, actor: User) -> Challenge:
    """A new challenge in the name of ``organisation``, which must be verified and ``actor``'s to speak for.

    Raises ``Missing`` when it is not, ``Refused`` for content that cannot be (dates out of order, too long).
    """
    require(actor, rules.can_post_for, organisation)
    with transaction.atomic():
        challenge = Challenge(organisation=organisation, posted_by=actor)
        _write(challenge, content)
        audit.record("challenge.draft", challenge, actor=actor)
    return challenge


def update_challenge(challenge: Challenge, content: ChallengeContent, *, actor: User, revision: int) -> Challenge:
    """Replace what the challenge says. ``revision`` is the one the writer started from.

    Raises ``Missing`` when ``actor`` may not (or no longer) write it, ``Conflict`` when somebody else saved
    meanwhile, ``Refused`` for content that cannot be.
    """
    with transaction.atomic():
        locked = fetch_locked(Challenge, actor, rules.can_edit_challenge, pk=challenge.pk)
        if locked.revision != revision:
            raise Conflict(_("Somebody else changed this challenge while you were writing. Look at it again."))
        _write(locked, content)
        audit.record("challenge.update", locked, actor=actor, revision=locked.revision)
    return locked


def _write(challenge: Challenge, content: ChallengeContent) -> None:
    """Set every field and row from ``content``, in one go."""
    _refuse_disorder(content)
    for name, value in asdict(content).items():
        if name not in ROWS:
            setattr(challenge, name, list(value) if isinstance(value, tuple) else value)
    challenge.problem_html = render_markdown(content.problem)
    challenge.confidential_html = render_markdown(content.confidential_part)
    challenge.revision += 1
    challenge.save()
    _write_rows(challenge, content)
    _write_phases(challenge, content)
    _write_terms(challenge, content)


def _write_rows(challenge: Challenge, content: ChallengeContent) -> None:
    challenge.requirements.all().delete()
    challenge.rewards.all().delete()
    Requirement.objects.bulk_create(
        Requirement(challenge=challenge, position=position, text=row.text, priority=row.priority)
        for position, row in enumerate(content.requirements, 1)
    )
    Reward.objects.bulk_create(
        Reward(challenge=challenge, rank=rank, title=row.title, amount=row.amount, non_monetary=row.non_monetary)  # type: ignore[misc]
        for rank, row in enumerate(content.rewards, 1)
    )


def _write_phases(challenge: Challenge, content: ChallengeContent) -> None:
    """The phases follow each other without a gap; all are scored by the rubric of the challenge's kind."""
    blueprint = blueprint_of(content.kind)
    rubric = _rubric(challenge, blueprint)
    challenge.phases.all().delete()
    opens_at = content.opens_at
    for position, row in enumerate(content.phases or (usual_phase(content.kind),), 1):
        is_last = position >= len(content.phases)
        closes_at = content.closes_at if is_last else row.closes_at
        ChallengePhase.objects.create(
            challenge=challenge,
            position=position,
            name=row.name,
            asks_for=row.asks_for,
            blind_level=row.blind_level,
            opens_at=opens_at,
            closes_at=closes_at,
            rubric=rubric,
        )
        opens_at = closes_at


def _rubric(challenge: Challenge, blueprint: Blueprint) -> Rubric:
    """The challenge's own copy of the rubric: what is asked of one challenge changes no other."""
    phase = challenge.phases.select_related("rubric").first()
    rubric = (phase.rubric if phase else None) or Rubric()
    rubric.name = str(blueprint.phase)
    rubric.save()
    rubric.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(
            rubric=rubric,
            position=position,
            name=str(row.name),
            description=str(row.description),
            weight=row.weight,
        )
        for position, row in enumerate(blueprint.criteria, 1)
    )
    return rubric


def _write_terms(challenge: Challenge, content: ChallengeContent) -> None:
    terms = challenge.terms_versions.current().first() or TermsVersion(challenge=challenge)
    for name, value in asdict(content.terms).items():
        setattr(terms, name, value)
    terms.save()


def _refuse_disorder(content: ChallengeContent) -> None:
    """Dates in order, and no more rows than a person would read."""
    if max(len(content.requirements), len(content.rewards), len(content.phases)) > MOST_ROWS:
        raise Refused(_("At most 30 rows of a kind are taken."), code="too_many_rows")
    moments: list[tuple[str, datetime | None]] = [("opens_at", content.opens_at)]
    moments += [("phases", phase.closes_at) for phase in content.phases[:-1]]
    moments += [("closes_at", content.closes_at)]
    _refuse_unordered(moments)
    due = content.decision_due_at
    if due and content.closes_at and due < content.closes_at:
        raise Refused(_("A decision is due after the deadline."), code="dates", field="decision_due_at")


def _refuse_unordered(moments: list[tuple[str, datetime | None]]) -> None:
    last: Any = None
    for field, moment in moments:
        if field == "phases" and moment is None:
            raise Refused(_("Say when each phase but the last closes."), code="dates", field=field)
        if moment and last and moment <= last:
            raise Refused(
                _("These dates are out of order: each must be later than the one before."), code="dates", field=field
            )
        last = moment or last
