"""Conditions beyond state and rule; each gets the locked object and raises ``Refused``.

Deadlines are judged here, by the database's clock, so that no road leads around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.kernel.clock import database_now
from portal.kernel.errors import Refused

from ..enums import SubmissionState as S

if TYPE_CHECKING:
    from ..models import Challenge, ChallengePhase, Submission

UNDECIDED = (S.SUBMITTED, S.SCREENING, S.MORE_INFO, S.ELIGIBLE, S.IN_EVALUATION, S.SHORTLISTED)


def is_complete(challenge: Challenge) -> None:
    """Somebody could answer it: the need is described, and there is a deadline to come."""
    if not challenge.problem.strip():
        raise Refused(_("Describe the problem before sending the challenge in."), code="incomplete", field="problem")
    has_deadline_ahead(challenge)


def has_deadline_ahead(challenge: Challenge) -> None:
    """Its deadline lies in the future."""
    if challenge.closes_at is None:
        raise Refused(_("A challenge needs a deadline."), code="incomplete", field="closes_at")
    if challenge.closes_at <= database_now():
        raise Refused(_("The deadline has passed already: choose a later one."), code="too_late", field="closes_at")


def has_time_left(phase: ChallengePhase) -> None:
    """The phase's own deadline lies in the future."""
    if phase.closes_at is None or phase.closes_at <= database_now():
        raise Refused(_("The deadline of this phase has passed already."), code="too_late", field="closes_at")


def is_in_time(submission: Submission) -> None:
    """A phase of the challenge is open and its deadline has not come, to the microsecond."""
    if not submission.challenge.phases.accepting(database_now()).exists():
        raise Refused(_("The deadline has passed: nothing more can be filed."), code="too_late")


def is_decided_throughout(challenge: Challenge) -> None:
    """Every submission that was filed has an outcome that its team was told."""
    left = challenge.submissions.filter(state__in=UNDECIDED).count()
    if left:
        message = ngettext_lazy(
            "%(left)d submission is not decided yet.", "%(left)d submissions are not decided yet.", left
        )
        raise Refused(message % {"left": left}, code="undecided")
