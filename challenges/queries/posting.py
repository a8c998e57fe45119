"""In whose name somebody may post, and what they have written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from portal.accounts.models import Organisation
from portal.accounts.rules import is_person, is_platform_master

from ..content import ChallengeContent, PhaseContent, RequirementContent, RewardContent, TermsContent
from ..enums import BlindLevel, ChallengeKind, Priority, TermsModel
from ..models import Challenge
from ..models.terms import CONTENT as DEAL

if TYPE_CHECKING:
    from portal.accounts.querysets import Viewer


def posting_organisations(user: Viewer) -> QuerySet[Organisation]:
    """Twin of ``rules.can_post_for``: the verified organisations one owns; every verified one for the master."""
    verified = Organisation.objects.verified().order_by("name")
    if not is_person(user):
        return verified.none()
    return verified if is_platform_master(user) else verified.filter(pk__in=user.owned_organisation_ids)  # type: ignore[union-attr]


def content_of(challenge: Challenge) -> ChallengeContent:
    """What the challenge says now, as its seeker would write it again."""
    rows = ("kind", "eligible_countries", "keywords", "requirements", "rewards", "phases", "terms")
    plain = {name: getattr(challenge, name) for name in ChallengeContent.__dataclass_fields__ if name not in rows}
    terms = challenge.terms_versions.current().first()
    deal = {name: getattr(terms, name) for name in DEAL} if terms else {}
    return ChallengeContent(
        **plain,
        kind=ChallengeKind(challenge.kind),
        eligible_countries=tuple(country.code for country in challenge.eligible_countries),  # type: ignore[attr-defined]
        keywords=tuple(challenge.keywords),
        requirements=tuple(RequirementContent(r.text, Priority(r.priority)) for r in challenge.requirements.all()),
        rewards=tuple(RewardContent(r.title, r.amount, r.non_monetary) for r in challenge.rewards.all()),  # type: ignore[arg-type]
        phases=tuple(
            PhaseContent(p.name, p.asks_for, p.closes_at, BlindLevel(p.blind_level)) for p in challenge.phases.all()
        ),
        terms=TermsContent(**deal | {"model": TermsModel(deal["model"])}) if terms else TermsContent(),
    )
