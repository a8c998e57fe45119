"""What a seeker writes, as plain values: what forms, the API and the demo hand to ``actions.drafting``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from djmoney.money import Money

from .enums import BlindLevel, ChallengeKind, Priority, TermsModel


@dataclass(frozen=True)
class RequirementContent:
    """One thing a solution must or should do."""

    text: str
    priority: Priority = Priority.MUST


@dataclass(frozen=True)
class RewardContent:
    """What one rank is given: ``amount``, ``non_monetary``, or both."""

    title: str
    amount: Money | None = None
    non_monetary: str = ""


@dataclass(frozen=True)
class PhaseContent:
    """One phase; the last one of a challenge closes with it, whatever it says."""

    name: str
    asks_for: str = ""
    closes_at: datetime | None = None
    blind_level: BlindLevel = BlindLevel.SINGLE


@dataclass(frozen=True)
class TermsContent:
    """The deal offered to whoever solves the challenge."""

    model: TermsModel = TermsModel.NON_EXCLUSIVE
    background_ip: str = ""
    field_of_use: str = ""
    territory: str = ""
    payment: str = ""
    extra: str = ""


@dataclass(frozen=True)
class ChallengeContent:
    """A challenge as its seeker writes it. Moments carry their zone; ``zone`` is the one they are shown in.

    Without ``phases`` the challenge gets the usual one of its kind.
    """

    title: str
    kind: ChallengeKind
    summary: str = ""
    problem: str = ""
    confidential_part: str = ""
    industry: str = ""
    technology_field: str = ""
    trl_sought: int | None = None
    language: str = "en"
    eligible_countries: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    vets_solvers: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    decision_due_at: datetime | None = None
    zone: str = "UTC"
    requirements: tuple[RequirementContent, ...] = ()
    rewards: tuple[RewardContent, ...] = ()
    phases: tuple[PhaseContent, ...] = ()
    terms: TermsContent = field(default_factory=TermsContent)
