"""What each viewer may see: the queryset twins of ``rules``, one for one.

A twin answers for many rows what its rule answers for one; a test compares them. Where a person
holds several roles their rights add up, and then conflicts and seals take away.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.accounts.rules import is_person, is_platform_master

from .enums import (
    READING,
    RESULTS_OUT,
    TEAM_ONLY,
    UNSEALED,
    AssignmentState,
    BlindLevel,
    ChallengeState,
    PhaseState,
    RegistrationState,
)

if TYPE_CHECKING:
    from portal.accounts.querysets import Viewer

    from .models import (  # noqa: F401 - named in the type arguments below
        Award,
        Challenge,
        ChallengeAttachment,
        Registration,
        Review,
        ReviewAssignment,
        Submission,
        SubmissionFile,
        SubmissionVersion,
        Team,
        TermsVersion,
    )

EVERYTHING = Q()
NOTHING = Q(pk__in=[])
UNSEALED_VERSION = Q(filed_at__isnull=False, replaced_at__isnull=True, phase__state__in=UNSEALED)
"""Versions that stand and are open to those who judge."""


def _sought_by(user: Viewer, path: str) -> Q:
    """Rows whose organisation at ``path`` the viewer owns."""
    return Q(**{f"{path}__in": user.owned_organisation_ids}) if is_person(user) else NOTHING  # type: ignore[union-attr]


def _if_master(user: Viewer) -> Q:
    return EVERYTHING if is_platform_master(user) else NOTHING


def _any(*conditions: Q) -> Q:
    """Any of the conditions; one that admits everything swallows the rest."""
    if EVERYTHING in conditions:
        return EVERYTHING
    found = NOTHING
    for condition in conditions:
        found |= condition
    return found


class ChallengeQuerySet(QuerySet["Challenge"]):
    """Challenges."""

    def public(self) -> Self:
        """Those that everybody may read."""
        return self.filter(published_at__isnull=False)

    def visible_to(self, user: Viewer) -> Self:
        """Twin of ``can_view_challenge``: the public ones, one's own, all for the platform master."""
        return self.filter(_any(_if_master(user), Q(published_at__isnull=False), _sought_by(user, "organisation")))

    def sought_by(self, user: Viewer) -> Self:
        """Twin of ``is_seeker``: those of organisations the viewer owns."""
        return self.filter(_sought_by(user, "organisation"))

    def confidential_for(self, user: Viewer) -> Self:
        """Twin of ``can_read_confidential``."""
        if not is_person(user):
            return self.none()
        return self.visible_to(user).filter(
            _any(_if_master(user), _sought_by(user, "organisation"), Exists(_reviewing(user)), _admitted(user))  # type: ignore[arg-type]
        )

    def accepting(self, moment: datetime) -> Self:
        """Those that are open and whose deadline lies after ``moment``."""
        return self.filter(state=ChallengeState.OPEN, closes_at__gt=moment)

    def due_to_open(self, moment: datetime) -> Self:
        """Approved ones whose opening has come and whose deadline has not; never copies from elsewhere."""
        waiting = (ChallengeState.APPROVED, ChallengeState.FORECAST)
        return self.filter(state__in=waiting, source="", opens_at__lte=moment, closes_at__gt=moment)

    def due_to_close(self, moment: datetime) -> Self:
        """Open ones whose deadline has passed."""
        return self.filter(state=ChallengeState.OPEN, closes_at__lte=moment)


def _reviewing(user: Viewer) -> QuerySet[Any]:
    from .models import ReviewAssignment

    return ReviewAssignment.objects.filter(submission__challenge=OuterRef("pk"), reviewer=user.pk, state__in=READING)


def _admitted(user: Viewer) -> Q:
    """Registered and approved, or (unless declined or revoked) consenting to the current terms."""
    from .models import Consent, Registration

    mine = Registration.objects.filter(challenge=OuterRef("pk"), user=user.pk)
    refused = (RegistrationState.DECLINED, RegistrationState.REVOKED)
    consented = Consent.objects.filter(
        user=user.pk, terms_version__challenge=OuterRef("pk"), terms_version__superseded_at__isnull=True
    )
    return Q(Exists(mine.filter(state=RegistrationState.APPROVED))) | (
        Q(Exists(consented)) & ~Q(Exists(mine.filter(state__in=refused)))
    )


class AttachmentQuerySet(QuerySet["ChallengeAttachment"]):
    """Files of challenges."""

    def visible_to(self, user: Viewer) -> Self:
        """Twin of ``can_read_attachment``: with the challenge, or with its confidential part."""
        from .models import Challenge

        return self.filter(
            Q(is_confidential=False, challenge__in=Challenge.objects.visible_to(user))
            | Q(challenge__in=Challenge.objects.confidential_for(user))
        )


class TermsQuerySet(QuerySet["TermsVersion"]):
    """Versions of terms."""

    def current(self) -> Self:
        """Those not superseded: one a challenge."""
        return self.filter(superseded_at__isnull=True)

    def visible_to(self, user: Viewer) -> Self:
        """Twin of ``can_view_terms``: with their challenge."""
        from .models import Challenge

        return self.filter(challenge__in=Challenge.objects.visible_to(user))


class RegistrationQuerySet(QuerySet["Registration"]):
    """Registrations."""

    def visible_to(self, user: Viewer) -> Self:
        """Twin of ``can_view_registration``: one's own, those to one's challenges, all for the master."""
        if not is_person(user):
            return self.none()
        return self.filter(_any(_if_master(user), Q(user=user.pk), _sought_by(user, "challenge__organisation")))

    def approved(self) -> Self:
        """Those whose person takes part."""
        return self.filter(state=RegistrationState.APPROVED)


class TeamQuerySet(QuerySet["Team"]):
    """Teams."""

    def of(self, user: Viewer) -> Self:
        """Those the person belongs to."""
        return self.filter(memberships__user=user.pk) if is_person(user) else self.none()


def _in_team(user: Viewer, submission: str) -> Q:
    """Rows whose submission (``submission`` is the path of its key) is of a team of the viewer's."""
    from .models import TeamMembership

    return Q(Exists(TeamMembership.objects.filter(team__submissions=OuterRef(submission), user=user.pk)))


def _assigned(user: Viewer, submission: str, states: tuple[str, ...]) -> Q:
    from .models import ReviewAssignment

    return Q(
        Exists(ReviewAssignment.objects.filter(submission=OuterRef(submission), reviewer=user.pk, state__in=states))
    )


def _conflicted(user: Viewer, submission: str) -> Q:
    """Rows of submissions with which the viewer has a conflict of interest."""
    from .models import ConflictDeclaration

    declared = ConflictDeclaration.objects.filter(submission=OuterRef(submission), user=user.pk)
    return Q(Exists(declared)) | _assigned(user, submission, (AssignmentState.CONFLICT,))


def _unblinded() -> Q:
    """Submissions whose team is no secret: nothing in the challenge is judged double blind, or the results are out."""
    from .models import ChallengePhase

    double = ChallengePhase.objects.filter(challenge=OuterRef("challenge"), blind_level=BlindLevel.DOUBLE)
    return Q(challenge__state__in=RESULTS_OUT) | ~Q(Exists(double))


class SubmissionQuerySet(QuerySet["Submission"]):
    """Submissions."""

    def visible_to(self, user: Viewer) -> Self:
        """Twin of ``can_view_submission``: title, abstract, state; never a stranger's draft."""
        if not is_person(user):
            return self.none()
        outside = _any(
            _if_master(user),
            _sought_by(user, "challenge__organisation"),
            _assigned(user, "pk", (AssignmentState.INVITED, *READING)),
        )
        return self.filter(_in_team(user, "pk") | (~Q(state__in=TEAM_ONLY) & outside & ~_conflicted(user, "pk")))

    def of_team_member(self, user: Viewer) -> Self:
        """Twin of ``is_team_member``."""
        return self.filter(_in_team(user, "pk")) if is_person(user) else self.none()

    def naming_solver_to(self, user: Viewer) -> Self:
        """Twin of ``can_see_solver``: those whose team the viewer may know by name."""
        if not is_person(user):
            return self.none()
        return self.visible_to(user).filter(_any(_if_master(user), _in_team(user, "pk"), _unblinded()))

    def talking_with(self, user: Viewer) -> Self:
        """Twin of ``can_talk_with_team``: the team's own, and for the seeker those opened and named.

        Said at once instead of from ``naming_solver_to`` and ``readable_by``: it is asked in every search.
        """
        from .models import SubmissionVersion

        if not is_person(user):
            return self.none()
        theirs = _in_team(user, "pk")
        if not user.owned_organisation_ids:  # type: ignore[union-attr]
            return self.filter(theirs)
        opened = SubmissionVersion.objects.filter(UNSEALED_VERSION, submission=OuterRef("pk"))
        sought = _sought_by(user, "challenge__organisation") & ~Q(state__in=TEAM_ONLY)
        named = _any(_if_master(user), _unblinded())
        return self.filter(theirs | (sought & named & Q(Exists(opened)) & ~_conflicted(user, "pk")))

    def filed(self) -> Self:
        """Those sent in and not withdrawn."""
        return self.exclude(state__in=TEAM_ONLY)


class VersionQuerySet(QuerySet["SubmissionVersion"]):
    """Bodies of submissions."""

    def readable_by(self, user: Viewer) -> Self:
        """Twin of ``can_read_version``: the team's own; for others what stands, once unsealed."""
        if not is_person(user):
            return self.none()
        outside = _any(
            _if_master(user),
            _sought_by(user, "submission__challenge__organisation"),
            _assigned(user, "submission", READING),
        )
        hidden = Q(submission__state__in=TEAM_ONLY) | _conflicted(user, "submission")
        return self.filter(_in_team(user, "submission") | (UNSEALED_VERSION & outside & ~hidden))

    def filed(self) -> Self:
        """Those sent in."""
        return self.filter(filed_at__isnull=False)

    def standing(self) -> Self:
        """Those sent in and not replaced by a later one of the same phase."""
        return self.filed().filter(replaced_at__isnull=True)


class SubmissionFileQuerySet(QuerySet["SubmissionFile"]):
    """Files of submissions."""

    def readable_by(self, user: Viewer) -> Self:
        """Twin of ``can_read_submission_file``: with the version it belongs to; a draft's by the team."""
        from .models import SubmissionVersion

        if not is_person(user):
            return self.none()
        versions = SubmissionVersion.objects.readable_by(user)
        return self.filter(_in_team(user, "submission") | Q(version__in=versions))


class AssignmentQuerySet(QuerySet["ReviewAssignment"]):
    """Review assignments."""

    def visible_to(self, user: Viewer) -> Self:
        """Twin of ``can_view_assignment``: one's own, those in one's challenges, all for the master."""
        if not is_person(user):
            return self.none()
        managing = _any(_if_master(user), _sought_by(user, "submission__challenge__organisation"))
        mine = Q(reviewer=user.pk)
        return self.filter(mine | (managing & ~_in_team(user, "submission") & ~_conflicted(user, "submission")))

    def active(self) -> Self:
        """Those whose reviewer reads or has read."""
        return self.filter(state__in=READING)


class ReviewQuerySet(QuerySet["Review"]):
    """Reviews."""

    def visible_to(self, user: Viewer) -> Self:
        """Twin of ``can_view_review``: one's own; submitted ones for seeker and master."""
        if not is_person(user):
            return self.none()
        managing = _any(_if_master(user), _sought_by(user, "assignment__submission__challenge__organisation"))
        blocked = _conflicted(user, "assignment__submission") | _in_team(user, "assignment__submission")
        return self.filter(
            (Q(assignment__reviewer=user.pk) & ~_conflicted(user, "assignment__submission"))
            | (Q(submitted_at__isnull=False) & managing & ~blocked)
        )


class AwardQuerySet(QuerySet["Award"]):
    """Awards."""

    def visible_to(self, user: Viewer) -> Self:
        """Twin of ``can_view_award``: announced ones; the team's once told; seeker and master all."""
        public = Q(announced_at__isnull=False)
        if not is_person(user):
            return self.filter(public)
        told = Q(submission__informed_at__isnull=False) & _in_team(user, "submission")
        managing = _any(_if_master(user), _sought_by(user, "challenge__organisation"))
        return self.filter(public | told | (managing & ~_conflicted(user, "submission")))


class PhaseQuerySet(QuerySet[Any]):
    """Phases of challenges."""

    def accepting(self, moment: datetime) -> Self:
        """Those open whose deadline lies after ``moment``."""
        return self.filter(state=PhaseState.OPEN, closes_at__gt=moment)

    def due_to_open(self, moment: datetime) -> Self:
        """Planned ones of open challenges whose opening has come and whose deadline has not."""
        return self.filter(
            state=PhaseState.PLANNED,
            challenge__state=ChallengeState.OPEN,
            opens_at__lte=moment,
            closes_at__gt=moment,
        )

    def due_to_close(self, moment: datetime) -> Self:
        """Open ones of open challenges whose deadline has passed; a cancelled challenge stays sealed."""
        return self.filter(state=PhaseState.OPEN, challenge__state=ChallengeState.OPEN, closes_at__lte=moment)
