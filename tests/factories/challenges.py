"""Challenges in any state, with their rows; and people on both sides of them.

Factories write rows as they would stand after the real actions, without walking the whole way there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import factory
from django.utils import timezone
from djmoney.money import Money
from factory.django import DjangoModelFactory

from challenges.actions.terms import canonical_text
from challenges.enums import (
    UNPUBLISHED,
    AssignmentState,
    AwardState,
    BlindLevel,
    ChallengeKind,
    ChallengeState,
    PhaseState,
    Priority,
    RegistrationState,
    SubmissionState,
)
from challenges.models import (
    Award,
    Challenge,
    ChallengePhase,
    Consent,
    Criterion,
    Registration,
    Requirement,
    ReviewAssignment,
    Reward,
    Rubric,
    Submission,
    SubmissionVersion,
    Team,
    TeamMembership,
    TermsVersion,
)
from tests.factories.accounts import OrganisationFactory, UserFactory

PHASE_OF = {
    ChallengeState.OPEN: PhaseState.OPEN,
    ChallengeState.CLOSED: PhaseState.CLOSED,
    ChallengeState.EVALUATING: PhaseState.EVALUATING,
    ChallengeState.DECIDED: PhaseState.DECIDED,
    ChallengeState.COMPLETED: PhaseState.DECIDED,
}
BEFORE_OPENING = (*UNPUBLISHED, ChallengeState.FORECAST)


def _days(number: float) -> datetime:
    return timezone.now() + timedelta(days=number)


class RubricFactory(DjangoModelFactory):
    """Two criteria of equal weight, scored from 0 to 10."""

    class Meta:
        model = Rubric
        skip_postgeneration_save = True

    name = "Rubric"

    @factory.post_generation
    def criteria(self: Rubric, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            for position, name in enumerate(("Fit", "Novelty"), 1):
                Criterion.objects.create(rubric=self, position=position, name=name)


class ChallengeFactory(DjangoModelFactory):
    """A challenge with one must, one reward, one phase and terms, all as its ``state`` demands.

    ``posted_by`` is somebody who belongs nowhere unless given; ``rows__blind_level`` is that of its phase.
    """

    class Meta:
        model = Challenge
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    posted_by = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Quieter pump {n}")
    kind = ChallengeKind.TECHNOLOGICAL_SOLUTION
    summary = "A pump that does not wake the house."
    problem = "Our pump hums at 50 Hz."
    problem_html = "<p>Our pump hums at 50 Hz.</p>"
    confidential_part = "The bearing is made by us."
    confidential_html = "<p>The bearing is made by us.</p>"
    industry = "C"
    state = ChallengeState.OPEN
    opens_at = factory.LazyAttribute(lambda it: _days(1) if it.state in BEFORE_OPENING else _days(-10))
    closes_at = factory.LazyAttribute(
        lambda it: _days(20) if it.state in (*BEFORE_OPENING, ChallengeState.OPEN) else _days(-2)
    )
    published_at = factory.LazyAttribute(lambda it: None if it.state in UNPUBLISHED else _days(-10))
    cancel_reason = factory.LazyAttribute(lambda it: "No budget." if it.state == ChallengeState.CANCELLED else "")

    @factory.post_generation
    def rows(self: Challenge, create: bool, extracted: Any, **kwargs: Any) -> None:
        """``rows=False`` leaves the challenge bare."""
        if create and extracted is not False:
            Requirement.objects.create(challenge=self, position=1, priority=Priority.MUST, text="Below 30 dB.")
            Reward.objects.create(challenge=self, rank=1, title="First prize", amount=Money("5000.00", "EUR"))
            PhaseFactory(challenge=self, **kwargs)
            TermsFactory(challenge=self)


class PhaseFactory(DjangoModelFactory):
    """The one phase of a challenge, in the state that goes with the challenge's."""

    class Meta:
        model = ChallengePhase

    challenge = factory.SubFactory(ChallengeFactory, rows=False)
    position = factory.LazyAttribute(lambda it: it.challenge.phases.count() + 1)
    name = "Proposal"
    asks_for = "How it works."
    opens_at = factory.LazyAttribute(lambda it: it.challenge.opens_at)
    closes_at = factory.LazyAttribute(lambda it: it.challenge.closes_at)
    state = factory.LazyAttribute(lambda it: PHASE_OF.get(it.challenge.state, PhaseState.PLANNED))
    blind_level = BlindLevel.SINGLE
    rubric = factory.SubFactory(RubricFactory)


class TermsFactory(DjangoModelFactory):
    """The terms of a challenge: frozen when it has opened."""

    class Meta:
        model = TermsVersion
        skip_postgeneration_save = True

    challenge = factory.SubFactory(ChallengeFactory, rows=False)
    version = 1
    territory = "Worldwide"

    @factory.post_generation
    def frozen(self: TermsVersion, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and self.challenge.state not in BEFORE_OPENING:
            self.canonical = canonical_text(self)
            self.sha256 = sha256(self.canonical.encode()).hexdigest()
            self.frozen_at = timezone.now()
            self.save()


class RegistrationFactory(DjangoModelFactory):
    """An approved registration."""

    class Meta:
        model = Registration

    challenge = factory.SubFactory(ChallengeFactory)
    user = factory.SubFactory(UserFactory)
    state = RegistrationState.APPROVED


class TeamFactory(DjangoModelFactory):
    """A team of one: its lead, registered and consenting."""

    class Meta:
        model = Team
        skip_postgeneration_save = True

    challenge = factory.SubFactory(ChallengeFactory)
    lead = factory.SubFactory(UserFactory)
    name = factory.LazyAttribute(lambda it: it.lead.display_name)

    @factory.post_generation
    def joined(self: Team, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            TeamMembership.objects.create(team=self, user=self.lead)
            take_part(self.lead, self.challenge)


class SubmissionFactory(DjangoModelFactory):
    """A team's answer, in ``state``; with one version of the challenge's first phase, filed unless it is a draft."""

    class Meta:
        model = Submission
        skip_postgeneration_save = True

    class Params:
        lead = factory.SubFactory(UserFactory)

    team = factory.SubFactory(
        TeamFactory,
        challenge=factory.SelfAttribute("..challenge"),
        lead=factory.SelfAttribute("..lead"),
    )
    challenge = factory.SubFactory(ChallengeFactory)
    title = factory.Sequence(lambda n: f"Rubber mount {n}")
    abstract = "A mount that takes the hum away."
    state = SubmissionState.SUBMITTED
    filed_at = factory.LazyAttribute(lambda it: None if it.state == SubmissionState.DRAFT else _days(-3))

    @factory.post_generation
    def body(self: Submission, create: bool, extracted: Any, **kwargs: Any) -> None:
        """``body="…"`` is the text of the version."""
        if create:
            VersionFactory(submission=self, body=extracted or "The body of the answer.")


class VersionFactory(DjangoModelFactory):
    """A version of a submission, filed unless the submission is a draft."""

    class Meta:
        model = SubmissionVersion

    submission = factory.SubFactory(SubmissionFactory)
    phase = factory.LazyAttribute(lambda it: it.submission.challenge.phases.first())
    number = factory.LazyAttribute(lambda it: it.submission.versions.count() + 1)
    title = factory.LazyAttribute(lambda it: it.submission.title)
    abstract = factory.LazyAttribute(lambda it: it.submission.abstract)
    body = "The body of the answer."
    body_html = factory.LazyAttribute(lambda it: f"<p>{it.body}</p>")
    filed_at = factory.LazyAttribute(lambda it: it.submission.filed_at)
    filed_by = factory.LazyAttribute(lambda it: it.submission.team.lead if it.filed_at else None)
    canonical = factory.LazyAttribute(lambda it: "{}" if it.filed_at else "")
    sha256 = factory.LazyAttribute(lambda it: sha256(it.body.encode()).hexdigest() if it.filed_at else "")


class AssignmentFactory(DjangoModelFactory):
    """Somebody reads a submission to review it."""

    class Meta:
        model = ReviewAssignment

    submission = factory.SubFactory(SubmissionFactory)
    reviewer = factory.SubFactory(UserFactory)
    invited_by = factory.SubFactory(UserFactory)
    state = AssignmentState.ACCEPTED


class AwardFactory(DjangoModelFactory):
    """The first reward, given and accepted."""

    class Meta:
        model = Award

    submission = factory.SubFactory(SubmissionFactory, state=SubmissionState.AWARDED)
    challenge = factory.LazyAttribute(lambda it: it.submission.challenge)
    reward = factory.LazyAttribute(lambda it: it.challenge.rewards.first())
    amount = factory.LazyAttribute(lambda it: it.reward.amount if it.reward else None)
    awarded_by = factory.SubFactory(UserFactory)
    state = AwardState.ACCEPTED


def take_part(user: Any, challenge: Challenge) -> Registration:
    """``user`` is registered for ``challenge`` and has accepted its current terms."""
    registration, _made = Registration.objects.get_or_create(
        challenge=challenge, user=user, defaults={"state": RegistrationState.APPROVED}
    )
    terms = challenge.terms_versions.current().filter(frozen_at__isnull=False).first()
    if terms and not Consent.objects.filter(user=user, terms_version=terms).exists():
        Consent.objects.create(user=user, terms_version=terms, sha256=terms.sha256)
    return registration
