"""What is read about people and organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from .enums import OrganisationState
from .models import Organisation, Skill, User
from .querysets import InvitationQuerySet, MembershipQuerySet, OrganisationQuerySet, UserQuerySet

if TYPE_CHECKING:
    from .querysets import Viewer


def listed_people(*, skill: str = "", text: str = "") -> UserQuerySet:
    """People who show their profile to everyone, by skill and by words of their name or headline."""
    people = User.objects.present().filter(profile__is_public=True)
    if skill:
        people = people.filter(profile__skills__slug=skill)
    if text:
        people = people.filter(Q(display_name__icontains=text) | Q(profile__headline__icontains=text))
    return people.select_related("profile").prefetch_related("profile__skills")


def common_skills(limit: int = 12) -> list[Skill]:
    """The skills most people show, each with ``people``: how many."""
    public = Q(profiles__is_public=True, profiles__user__is_active=True)
    counted = Skill.objects.annotate(people=Count("profiles", filter=public)).filter(people__gt=0)
    return list(counted.order_by("-people", "name")[:limit])


def listed_organisations(user: Viewer, *, kind: str = "", industry: str = "", text: str = "") -> OrganisationQuerySet:
    """Organisations ``user`` may see, by kind, ISIC section and words of their name."""
    found = Organisation.objects.visible_to(user)
    if kind:
        found = found.filter(kind=kind)
    if industry:
        found = found.filter(industry=industry)
    if text:
        found = found.filter(name__icontains=text)
    return found


def organisations_waiting() -> OrganisationQuerySet:
    """Organisations that wait for the platform master, the oldest first."""
    return Organisation.objects.filter(state=OrganisationState.PENDING).order_by("created_at", "pk")


def members_shown(organisation: Organisation, user: Viewer) -> MembershipQuerySet:
    """The memberships of ``organisation`` that ``user`` may see, owners first."""
    shown = organisation.memberships.visible_to(user).select_related("user", "user__profile")
    return shown.order_by("-role", "user__display_name", "pk")


def open_invitations(organisation: Organisation) -> InvitationQuerySet:
    """Invitations of ``organisation`` that wait for an answer."""
    return organisation.invitations.open().order_by("-created_at", "-pk")


def platform_masters() -> UserQuerySet:
    """The people who curate the portal."""
    return User.objects.present().filter(is_platform_master=True)


def nobody_is_here() -> bool:
    """Whether the portal waits for its first person."""
    return not User.objects.exists()
