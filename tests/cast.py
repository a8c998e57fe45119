"""The named cast: people in the roles of the matrix, as fixtures."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import Organisation, User
from tests.factories.accounts import OrganisationFactory, UserFactory, member_of, owner_of


@pytest.fixture
def anonymous() -> AnonymousUser:
    """Nobody in particular."""
    return AnonymousUser()


@pytest.fixture
def master(db: None) -> User:
    """The platform master."""
    return UserFactory(display_name="Mara Master", is_platform_master=True)


@pytest.fixture
def organisation(db: None) -> Organisation:
    """The verified company that asks."""
    return OrganisationFactory(slug="acme", name="Acme Works")


@pytest.fixture
def owner(organisation: Organisation) -> User:
    """The micro-owner of ``organisation``."""
    return owner_of(organisation, display_name="Olga Owner")


@pytest.fixture
def colleague(organisation: Organisation) -> User:
    """A plain member of ``organisation``."""
    return member_of(organisation, display_name="Colin Colleague")


@pytest.fixture
def creator(db: None) -> User:
    """A registered maker who belongs nowhere."""
    return UserFactory(display_name="Cleo Creator")


@pytest.fixture
def rival_organisation(db: None) -> Organisation:
    """Another verified company."""
    return OrganisationFactory(slug="rival", name="Rival Works")


@pytest.fixture
def rival(rival_organisation: Organisation) -> User:
    """The owner of the other company."""
    return owner_of(rival_organisation, display_name="Rita Rival")
