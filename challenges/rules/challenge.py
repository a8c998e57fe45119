"""Who may do what with a challenge, its terms and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules import Predicate, predicate

from portal.accounts.rules import (
    has_verified_email,
    is_person,
    is_platform_master,
    is_verified_organisation,
    owns_organisation,
)
from portal.kernel.workflow import is_clock

from ..enums import EDITABLE, READING, RESULTS_OUT, TAKING, ChallengeState, RegistrationState

if TYPE_CHECKING:
    from portal.accounts.querysets import Viewer

    from ..models import Challenge, ChallengeAttachment, ChallengePhase, TermsVersion


@predicate
def is_public(user: Viewer, challenge: Challenge) -> bool:
    """Everybody may read the challenge."""
    return challenge.is_public


@predicate
def is_seeker(user: Viewer, challenge: Challenge) -> bool:
    """The person is an owner of the organisation that asks. Twin: ``ChallengeQuerySet.sought_by``."""
    return bool(is_person(user)) and challenge.organisation_id in user.owned_organisation_ids  # type: ignore[union-attr]


@predicate
def is_employed_by_seeker(user: Viewer, challenge: Challenge) -> bool:
    """The person belongs, in whatever role, to the organisation that asks."""
    return bool(is_person(user)) and challenge.organisation_id in user.organisation_ids  # type: ignore[union-attr]


@predicate
def is_poster(user: Viewer, challenge: Challenge) -> bool:
    """The person wrote the challenge."""
    return bool(is_person(user)) and challenge.posted_by_id == user.pk


@predicate
def is_of_verified_organisation(user: Viewer, challenge: Challenge) -> bool:
    """The platform master vouches at present for the organisation that asks."""
    return bool(is_verified_organisation(user, challenge.organisation))


@predicate
def is_editable(user: Viewer, challenge: Challenge) -> bool:
    """The challenge is still being written."""
    return challenge.state in EDITABLE


@predicate
def is_open(user: Viewer, challenge: Challenge) -> bool:
    """The challenge takes answers here: it is open, and not the copy of one on another platform."""
    return challenge.state == ChallengeState.OPEN and not challenge.is_imported


@predicate
def is_taking(user: Viewer, challenge: Challenge) -> bool:
    """The challenge takes answers here, or is announced and soon will."""
    return challenge.state in TAKING and not challenge.is_imported


@predicate
def is_running(user: Viewer, challenge: Challenge) -> bool:
    """The challenge is public and its decision is not out."""
    return challenge.is_public and challenge.state not in (*RESULTS_OUT, ChallengeState.CANCELLED)


@predicate
def is_admitted(user: Viewer, challenge: Challenge) -> bool:
    """Registered and approved; or consenting to the current terms, unless declined or revoked."""
    from ..models import Consent, Registration

    if not is_person(user):
        return False
    mine = Registration.objects.filter(challenge=challenge, user=user.pk).values_list("state", flat=True).first()
    if mine in (RegistrationState.APPROVED, RegistrationState.DECLINED, RegistrationState.REVOKED):
        return mine == RegistrationState.APPROVED
    current = {"terms_version__challenge": challenge, "terms_version__superseded_at__isnull": True}
    return Consent.objects.filter(user=user.pk, **current).exists()


@predicate
def is_reviewer_in(user: Viewer, challenge: Challenge) -> bool:
    """The person reads submissions of the challenge as a reviewer."""
    from ..models import ReviewAssignment

    mine = {"submission__challenge": challenge, "reviewer": user.pk, "state__in": READING}
    return bool(is_person(user)) and ReviewAssignment.objects.filter(**mine).exists()


@predicate
def can_post_for(user: Viewer, organisation: object) -> bool:
    """May write challenges in the name of a verified organisation: its owners and the platform master."""
    return bool(is_verified_organisation(user, organisation)) and bool(
        owns_organisation(user, organisation) or is_platform_master(user)
    )


writes_challenge: Predicate = is_seeker | (is_platform_master & is_poster)
"""The seeker's side of a challenge."""

can_view_challenge: Predicate = is_public | is_seeker | is_platform_master
can_edit_challenge: Predicate = writes_challenge & is_editable & is_of_verified_organisation
can_manage_challenge: Predicate = writes_challenge & is_of_verified_organisation
can_approve_challenge: Predicate = is_platform_master & ~is_seeker & ~is_poster
can_cancel_challenge: Predicate = can_manage_challenge | is_platform_master
can_release_decisions: Predicate = can_manage_challenge | is_platform_master
can_open_challenge: Predicate = is_clock | can_manage_challenge
can_close_challenge: Predicate = is_clock | can_manage_challenge
can_revise_terms: Predicate = can_manage_challenge & is_running
can_read_confidential: Predicate = can_view_challenge & (is_platform_master | is_seeker | is_admitted | is_reviewer_in)
reads_confidential_in_passing: Predicate = is_seeker | is_admitted | is_reviewer_in
"""Besides them only the platform master may, and for them every opening is on record."""

may_answer_challenge: Predicate = ~is_employed_by_seeker & ~is_poster & ~is_platform_master & ~is_reviewer_in
"""Stands on no other side of the table."""

can_enter_challenge: Predicate = has_verified_email & is_open & may_answer_challenge
"""May ask to take part, accepting the terms."""

can_invite_to_challenge: Predicate = can_manage_challenge & is_taking
"""May ask somebody to look at it."""


@predicate
def can_read_attachment(user: Viewer, attachment: ChallengeAttachment) -> bool:
    """With the challenge, or with its confidential part. Twin: ``AttachmentQuerySet.visible_to``."""
    rule = can_read_confidential if attachment.is_confidential else can_view_challenge
    return bool(rule(user, attachment.challenge))


@predicate
def can_view_terms(user: Viewer, terms: TermsVersion) -> bool:
    """With their challenge. Twin: ``TermsQuerySet.visible_to``."""
    return bool(can_view_challenge(user, terms.challenge))


@predicate
def manages_phase(user: Viewer, phase: ChallengePhase) -> bool:
    """Manages the phase's challenge."""
    return bool(can_manage_challenge(user, phase.challenge))


can_move_phase: Predicate = is_clock | manages_phase
