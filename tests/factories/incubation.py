"""Ventures with people around them, and gate reviews with their criteria."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from portal.incubation.enums import VentureRole, Weight
from portal.incubation.models import GateFinding, GateReview, Venture, VentureMember
from tests.factories.accounts import OrganisationFactory, UserFactory


class VentureFactory(DjangoModelFactory):
    """A venture without an award; give ``lead=`` and ``gate_keeper=`` people to fill its roles."""

    class Meta:
        model = Venture
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Venture {n}")
    summary = "Something new."
    organisation = factory.SubFactory(OrganisationFactory)

    @factory.post_generation
    def lead(self: Venture, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            VentureMember.objects.create(venture=self, user=extracted or UserFactory(), role=VentureRole.LEAD)

    @factory.post_generation
    def gate_keeper(self: Venture, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            VentureMember.objects.create(venture=self, user=extracted or UserFactory(), role=VentureRole.GATE_KEEPER)


class GateReviewFactory(DjangoModelFactory):
    """An open review with one must-meet and one should-meet criterion, neither judged."""

    class Meta:
        model = GateReview
        skip_postgeneration_save = True

    venture = factory.SubFactory(VentureFactory)
    stage = factory.LazyAttribute(lambda it: it.venture.stage)
    opened_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def findings(self: GateReview, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            GateFinding.objects.create(review=self, text="It works", weight=Weight.MUST_MEET, position=0)
            GateFinding.objects.create(review=self, text="It pays", weight=Weight.SHOULD_MEET, position=1)


def keeper_of(venture: Venture) -> Any:
    """Who keeps the gates of ``venture``."""
    return venture.members.get(role=VentureRole.GATE_KEEPER).user


def lead_of(venture: Venture) -> Any:
    """Who leads ``venture``."""
    return venture.members.get(role=VentureRole.LEAD).user
