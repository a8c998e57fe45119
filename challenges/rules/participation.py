"""Who takes part in a challenge, and who answers their requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules import Predicate, predicate

from portal.accounts.rules import is_person, is_platform_master
from portal.kernel.workflow import is_clock

from ..enums import RegistrationState
from .challenge import can_manage_challenge, is_open, is_seeker

if TYPE_CHECKING:
    from portal.accounts.querysets import Viewer

    from ..models import Challenge, Registration


@predicate
def is_registrant(user: Viewer, registration: Registration) -> bool:
    """The registration is the person's own."""
    return bool(is_person(user)) and registration.user_id == user.pk


@predicate
def seeks_registration(user: Viewer, registration: Registration) -> bool:
    """The registration is to a challenge of the person's organisation."""
    return bool(is_seeker(user, registration.challenge))


@predicate
def manages_registration(user: Viewer, registration: Registration) -> bool:
    """The person manages the challenge that the registration is to."""
    return bool(can_manage_challenge(user, registration.challenge))


@predicate
def is_unvetted(user: Viewer, registration: Registration) -> bool:
    """The challenge takes everybody who accepts its terms."""
    return not registration.challenge.vets_solvers


@predicate
def is_registered(user: Viewer, challenge: Challenge) -> bool:
    """The person's registration is approved."""
    from ..models import Registration

    return bool(is_person(user)) and Registration.objects.approved().filter(challenge=challenge, user=user).exists()  # type: ignore[misc]


@predicate
def is_refused(user: Viewer, challenge: Challenge) -> bool:
    """The person's registration was declined or revoked by the seeker."""
    from ..models import Registration

    states = (RegistrationState.DECLINED, RegistrationState.REVOKED)
    mine = {"challenge": challenge, "user": user.pk, "state__in": states}
    return bool(is_person(user)) and Registration.objects.filter(**mine).exists()


can_view_registration: Predicate = is_registrant | seeks_registration | is_platform_master
can_approve_registration: Predicate = manages_registration | (is_clock & is_unvetted)
"""The seeker's side; where solvers are not vetted the portal approves by itself."""

can_decline_registration: Predicate = manages_registration
can_revoke_registration: Predicate = manages_registration
can_start_submission: Predicate = is_open & is_registered
