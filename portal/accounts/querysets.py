"""Which people, organisations and memberships someone may see: the twins of ``rules``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeAlias

from django.db.models import Q, QuerySet

from .enums import MembershipRole, OrganisationState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from .models import Invitation, Membership, Organisation, User  # noqa: F401

Viewer: TypeAlias = "User | AnonymousUser"
"""Whoever looks: somebody signed in, or nobody in particular."""


class UserQuerySet(QuerySet["User"]):
    """People."""

    def present(self) -> Self:
        """Those who can sign in: neither deactivated nor erased."""
        return self.filter(is_active=True, erased_at__isnull=True)

    def visible_to(self, user: Viewer) -> Self:
        """Everyone whose profile is public, oneself, and colleagues; all of them for the platform master."""
        people = self.present()
        if not user.is_authenticated or not user.is_active:
            return people.filter(profile__is_public=True)
        if user.is_platform_master:
            return people
        colleagues = people.filter(memberships__organisation__in=user.organisation_ids)
        return people.filter(Q(profile__is_public=True) | Q(pk=user.pk) | Q(pk__in=colleagues.values("pk")))

    def with_address(self, email: str) -> Self:
        """The person of this address, however it is capitalised."""
        return self.filter(email=email.strip().lower())


class OrganisationQuerySet(QuerySet["Organisation"]):
    """Organisations."""

    def verified(self) -> Self:
        """Those the platform master vouches for."""
        return self.filter(state=OrganisationState.VERIFIED)

    def visible_to(self, user: Viewer) -> Self:
        """The verified ones; whatever one belongs to; all of them for the platform master."""
        if not user.is_authenticated or not user.is_active:
            return self.verified()
        if user.is_platform_master:
            return self.all()
        return self.filter(Q(state=OrganisationState.VERIFIED) | Q(pk__in=user.organisation_ids))

    def owned_by(self, user: Viewer) -> Self:
        """Those ``user`` is an owner of, whatever their state."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(pk__in=user.owned_organisation_ids)


class MembershipQuerySet(QuerySet["Membership"]):
    """Who belongs where."""

    def owners(self) -> Self:
        """Memberships with the role of owner."""
        return self.filter(role=MembershipRole.OWNER)

    def visible_to(self, user: Viewer) -> Self:
        """Memberships of people one may see in organisations one may see."""
        from .models import Organisation, User

        return self.filter(
            user__in=User.objects.visible_to(user),
            organisation__in=Organisation.objects.visible_to(user),
        )


class InvitationQuerySet(QuerySet["Invitation"]):
    """Invitations into organisations."""

    def open(self) -> Self:
        """Those not yet answered or withdrawn."""
        return self.filter(answer="")

    def visible_to(self, user: Viewer) -> Self:
        """The open ones to an address the person has proved to be theirs."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.open().filter(email__in=user.emailaddress_set.filter(verified=True).values("email"))
