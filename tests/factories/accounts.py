"""People with a verified address and a profile, and organisations that are verified."""

from __future__ import annotations

from typing import Any

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from portal.accounts.enums import MembershipRole, OrganisationKind, OrganisationState
from portal.accounts.models import Membership, Organisation, Profile, Skill, User

PASSWORD = "a long enough sentence"


class UserFactory(DjangoModelFactory):
    """Somebody who can sign in; their profile is public."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    display_name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)
    profile = factory.RelatedFactory("tests.factories.accounts.ProfileFactory", factory_related_name="user")

    @factory.post_generation
    def verified(self: User, create: bool, extracted: Any, **kwargs: Any) -> None:
        """``verified=False`` leaves the address unproved."""
        if create:
            EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=extracted is not False)


class ProfileFactory(DjangoModelFactory):
    """A public profile that says little."""

    class Meta:
        model = Profile

    user = factory.SubFactory(UserFactory, profile=None)
    headline = "Makes things"
    is_public = True


class SkillFactory(DjangoModelFactory):
    """A skill nobody else has."""

    class Meta:
        model = Skill

    name = factory.Sequence(lambda n: f"Skill {n}")
    slug = factory.Sequence(lambda n: f"skill-{n}")


class OrganisationFactory(DjangoModelFactory):
    """A verified company without anybody in it."""

    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda n: f"organisation-{n}")
    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = OrganisationKind.COMPANY
    state = OrganisationState.VERIFIED
    country = "DE"
    industry = "C"


class MembershipFactory(DjangoModelFactory):
    """A plain member; ``role="owner"`` makes a micro-owner."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = MembershipRole.MEMBER


def owner_of(organisation: Organisation, **fields: Any) -> User:
    """A new person who owns ``organisation``."""
    user = UserFactory(**fields)
    MembershipFactory(user=user, organisation=organisation, role=MembershipRole.OWNER)
    return user


def member_of(organisation: Organisation, **fields: Any) -> User:
    """A new person who belongs to ``organisation``."""
    user = UserFactory(**fields)
    MembershipFactory(user=user, organisation=organisation)
    return user
