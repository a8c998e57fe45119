"""Where a viewer stands towards a challenge: what its page offers them next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from portal.accounts.rules import is_person

from .. import rules
from ..enums import RegistrationState, SubmissionState
from ..models import Challenge, Consent, Registration, Submission, TermsVersion
from .challenges import is_accepting

if TYPE_CHECKING:
    from portal.accounts.querysets import Viewer


@dataclass(frozen=True)
class Standing:
    """One viewer's side of one challenge, worked out once for its page."""

    registration: Registration | None
    submission: Submission | None
    has_consented: bool
    may_enter: bool
    may_submit: bool
    is_accepting: bool

    @property
    def is_registered(self) -> bool:
        """Takes part."""
        return self.registration is not None and self.registration.state == RegistrationState.APPROVED

    @property
    def waits(self) -> bool:
        """Has asked to take part and was not answered yet."""
        return self.registration is not None and self.registration.state == RegistrationState.REQUESTED

    @property
    def must_consent_again(self) -> bool:
        """Takes part under terms that have since been replaced."""
        return self.is_registered and not self.has_consented


def standing(challenge: Challenge, user: Viewer, terms: TermsVersion | None, now: datetime) -> Standing:
    """Where ``user`` stands; three queries for somebody signed in, none for a visitor."""
    accepting = is_accepting(challenge, now)
    if not is_person(user):
        return Standing(None, None, False, False, False, accepting)
    registration = Registration.objects.filter(challenge=challenge, user=user).first()  # type: ignore[misc]
    submission = _own_submission(challenge, user) if registration else None
    consented = bool(registration and terms) and Consent.objects.filter(user=user, terms_version=terms).exists()  # type: ignore[misc]
    approved = registration is not None and registration.state == RegistrationState.APPROVED
    return Standing(
        registration=registration,
        submission=submission,
        has_consented=consented,
        may_enter=accepting and registration is None and bool(rules.can_enter_challenge(user, challenge)),
        may_submit=accepting and approved and submission is None,
        is_accepting=accepting,
    )


def _own_submission(challenge: Challenge, user: Viewer) -> Submission | None:
    mine = Submission.objects.of_team_member(user).filter(challenge=challenge)
    return mine.exclude(state=SubmissionState.WITHDRAWN).first()


def own_registration(challenge: Challenge, user: Viewer) -> Registration | None:
    """A person's registration for ``challenge``, in whatever state."""
    return Registration.objects.filter(challenge=challenge, user=user.pk).first()
