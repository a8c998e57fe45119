"""What each kind of challenge starts from: its phase, what that asks for, and the rubric that scores it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .content import PhaseContent
from .enums import BlindLevel, ChallengeKind

Text = str | Promise


@dataclass(frozen=True)
class CriterionBlueprint:
    """A criterion and its weight; the weights of a rubric need not add up to anything."""

    name: Text
    description: Text
    weight: int


@dataclass(frozen=True)
class Blueprint:
    """The usual phase of a kind of challenge."""

    phase: Text
    asks_for: Text
    criteria: tuple[CriterionBlueprint, ...]
    blind_level: BlindLevel = BlindLevel.SINGLE


FIT = CriterionBlueprint(_("Fit"), _("How well does it meet the requirements, every must among them?"), 3)
NOVELTY = CriterionBlueprint(_("Novelty"), _("How new is it against what is known and on the market?"), 2)
FEASIBILITY = CriterionBlueprint(_("Feasibility"), _("Can it be made and run with known means, at a bearable cost?"), 3)
IMPACT = CriterionBlueprint(_("Impact"), _("What does it change for the users and for the seeker's business?"), 2)
EVIDENCE = CriterionBlueprint(_("Evidence"), _("What has been shown by test, measurement or calculation?"), 2)
TEAM = CriterionBlueprint(_("Team"), _("Has the team what it takes to carry it through?"), 1)
AESTHETICS = CriterionBlueprint(_("Design quality"), _("Form, clarity and care in the detail."), 3)
MAKING = CriterionBlueprint(_("Ease of making"), _("Parts, material, tolerances, assembly."), 2)
CAPACITY = CriterionBlueprint(_("Capacity and quality"), _("Volume, certificates, quality record."), 3)
PRICE = CriterionBlueprint(_("Price and terms"), _("Price at the volumes asked for, delivery, payment."), 3)

BLUEPRINTS: dict[str, Blueprint] = {
    ChallengeKind.CREATIVE_DESIGN: Blueprint(
        _("Design"),
        _("The design in pictures and drawings, and the thought behind it."),
        (AESTHETICS, FIT, NOVELTY, MAKING),
        BlindLevel.DOUBLE,
    ),
    ChallengeKind.TECHNOLOGICAL_SOLUTION: Blueprint(
        _("Proposal"),
        _("How it works, what has been shown so far, what is needed to bring it into use, and what it costs."),
        (FIT, FEASIBILITY, NOVELTY, EVIDENCE, TEAM),
    ),
    ChallengeKind.STRUCTURAL_DESIGN: Blueprint(
        _("Structural concept"),
        _("Drawings or models with dimensions, the loads they bear, and how they are made."),
        (FIT, FEASIBILITY, MAKING, EVIDENCE),
    ),
    ChallengeKind.IDEATION: Blueprint(
        _("Idea"),
        _("The idea in a page or two: for whom, what, and why it would work."),
        (NOVELTY, IMPACT, FEASIBILITY),
        BlindLevel.DOUBLE,
    ),
    ChallengeKind.SUPPLIER_SEARCH: Blueprint(
        _("Offer"),
        _("What you supply, at which volumes, prices and lead times, with certificates and references."),
        (CAPACITY, PRICE, FIT, TEAM),
        BlindLevel.OPEN,
    ),
    ChallengeKind.PROTOTYPE: Blueprint(
        _("Prototype"),
        _("The prototype as built, how it was tested, and the measurements."),
        (EVIDENCE, FIT, FEASIBILITY, IMPACT),
    ),
}


def blueprint_of(kind: str) -> Blueprint:
    """The blueprint of a kind of challenge; ``KeyError`` for a word that is none."""
    return BLUEPRINTS[kind]


def usual_phase(kind: str) -> PhaseContent:
    """The single phase of a challenge whose seeker has named none."""
    blueprint = blueprint_of(kind)
    return PhaseContent(str(blueprint.phase), str(blueprint.asks_for), None, blueprint.blind_level)
