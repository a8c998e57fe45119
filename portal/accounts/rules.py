"""Who may: predicates ``(user, obj) -> bool`` that other apps compose with ``&``, ``|`` and ``~``.

Each predicate that decides about seeing has a queryset twin in ``querysets``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from rules import Predicate, predicate

from .enums import OrganisationState

if TYPE_CHECKING:
    from .models import Invitation, Membership, Organisation, User
    from .querysets import Viewer


def _present(user: object) -> TypeGuard[User]:
    return bool(getattr(user, "is_authenticated", False) and user.is_active and user.erased_at is None)  # type: ignore[attr-defined]


@predicate
def is_person(user: Viewer, obj: object = None) -> bool:
    """Somebody signed in whose account is alive."""
    return _present(user)


@predicate
def is_platform_master(user: Viewer, obj: object = None) -> bool:
    """The person curates the portal."""
    return _present(user) and bool(user.is_platform_master)


@predicate
def has_verified_email(user: Viewer, obj: object = None) -> bool:
    """The person has shown that their address is theirs."""
    return _present(user) and bool(user.has_verified_email)


@predicate
def is_member(user: Viewer, organisation: Organisation | None) -> bool:
    """The person belongs to the organisation, in whatever role."""
    return _present(user) and organisation is not None and organisation.pk in user.organisation_ids


@predicate
def owns_organisation(user: Viewer, organisation: Organisation | None) -> bool:
    """The person is an owner (micro-owner) of the organisation, whatever its state."""
    return _present(user) and organisation is not None and organisation.pk in user.owned_organisation_ids


@predicate
def is_verified_organisation(user: Viewer, organisation: Organisation | None) -> bool:
    """The platform master vouches for the organisation at present."""
    return organisation is not None and organisation.state == OrganisationState.VERIFIED


@predicate
def is_oneself(user: Viewer, person: User | None) -> bool:
    """The person asked about is the one who asks."""
    return _present(user) and person is not None and user.pk == person.pk


@predicate
def is_present(user: Viewer, person: User | None) -> bool:
    """The person asked about can sign in: neither deactivated nor erased."""
    return _present(person)


@predicate
def has_public_profile(user: Viewer, person: User | None) -> bool:
    """The person asked about shows their profile to everyone."""
    profile = getattr(person, "profile", None)
    return profile is not None and profile.is_public


@predicate
def is_colleague(user: Viewer, person: User | None) -> bool:
    """Both belong to a common organisation."""
    return _present(user) and person is not None and not user.organisation_ids.isdisjoint(person.organisation_ids)


@predicate
def sees_membership(user: Viewer, membership: Membership) -> bool:
    """Both the person and the organisation of a membership may be seen."""
    return can_view_person(user, membership.user) and can_view_organisation(user, membership.organisation)


@predicate
def is_invited(user: Viewer, invitation: Invitation) -> bool:
    """The invitation is open and went to an address the person has proved to be theirs."""
    return (
        _present(user)
        and not invitation.answer
        and user.emailaddress_set.filter(verified=True, email=invitation.email).exists()
    )


@predicate
def owns_inviting_organisation(user: Viewer, invitation: Invitation) -> bool:
    """The person owns the organisation that invites."""
    return owns_organisation(user, invitation.organisation)


owns_verified_organisation: Predicate = owns_organisation & is_verified_organisation
"""May act for the organisation towards others: post, license, sponsor."""

can_view_person: Predicate = is_present & (has_public_profile | is_oneself | is_platform_master | is_colleague)
can_edit_person: Predicate = is_oneself
can_view_organisation: Predicate = is_verified_organisation | is_member | is_platform_master
can_edit_organisation: Predicate = owns_organisation
can_manage_members: Predicate = owns_organisation
can_found_organisation: Predicate = has_verified_email
can_verify_organisation: Predicate = is_platform_master
