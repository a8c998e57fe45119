"""Each rule about seeing equals its queryset twin, for everybody and everything."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.accounts.enums import OrganisationState
from portal.accounts.models import Invitation, Membership, Organisation, User
from portal.accounts.rules import (
    can_edit_organisation,
    can_found_organisation,
    can_view_organisation,
    can_view_person,
    has_verified_email,
    is_invited,
    is_member,
    is_platform_master,
    owns_organisation,
    owns_verified_organisation,
    sees_membership,
)
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory, member_of, owner_of


@pytest.fixture
def town(master: User, owner: User, colleague: User, creator: User, rival: User) -> list[Any]:
    """Everybody there is, in every condition, and organisations in every state with people in them."""
    for state in OrganisationState:
        organisation = OrganisationFactory(state=state)
        owner_of(organisation)
        member_of(organisation, profile__is_public=False)
    MembershipFactory(user=creator, organisation=OrganisationFactory(state="suspended"))
    UserFactory(profile=None)
    UserFactory(profile__is_public=False)
    UserFactory(is_active=False)
    UserFactory(verified=False)
    gone = UserFactory(is_active=False)
    User.objects.filter(pk=gone.pk).update(erased_at=gone.date_joined)
    Invitation.objects.create(organisation=Organisation.objects.first(), email=creator.email)
    Invitation.objects.create(organisation=Organisation.objects.last(), email=creator.email, answer="declined")
    Invitation.objects.create(organisation=Organisation.objects.last(), email="nobody@example.org")
    return [AnonymousUser(), *User.objects.filter(is_active=True)]


@pytest.mark.parametrize(
    ("model", "rule"),
    [
        (User, can_view_person),
        (Organisation, can_view_organisation),
        (Membership, sees_membership),
        (Invitation, is_invited),
    ],
)
def test_rule_equals_its_twin(town: list[Any], model: Any, rule: Any) -> None:
    for viewer in town:
        by_rule = {obj.pk for obj in model.objects.all() if rule(viewer, obj)}
        by_query = set(model.objects.visible_to(viewer).values_list("pk", flat=True))

        assert by_query == by_rule, viewer


def test_owning_and_belonging(owner: User, colleague: User, rival: User, organisation: Organisation) -> None:
    people = (owner, colleague, rival, AnonymousUser())

    assert [owns_organisation(p, organisation) for p in people] == [True, False, False, False]
    assert [is_member(p, organisation) for p in people] == [True, True, False, False]
    assert [can_edit_organisation(p, organisation) for p in people] == [True, False, False, False]


def test_suspended_organisation_is_not_acted_for(owner: User, organisation: Organisation) -> None:
    organisation.state = OrganisationState.SUSPENDED

    assert owns_organisation(owner, organisation)
    assert not owns_verified_organisation(owner, organisation)


def test_inactive_person_holds_no_role(master: User, owner: User, organisation: Organisation) -> None:
    master.is_active = owner.is_active = False

    assert not is_platform_master(master, None)
    assert not owns_organisation(owner, organisation)


def test_unproved_address_founds_nothing(db: None) -> None:
    newcomer = UserFactory(verified=False)

    assert not has_verified_email(newcomer, None)
    assert not can_found_organisation(newcomer, None)


def test_roles_are_read_once(owner: User, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert owner.organisation_ids == owner.owned_organisation_ids
        assert owner.organisation_ids


def test_roles_are_read_afresh_when_told(creator: User) -> None:
    assert creator.organisation_ids == frozenset()
    membership = MembershipFactory(user=creator)

    creator.forget_roles()

    assert creator.organisation_ids == {membership.organisation_id}
