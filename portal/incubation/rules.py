"""Who may do what with ventures and at their gates. What decides about seeing has a twin in ``querysets``."""

from __future__ import annotations

from typing import Any

from rules import Predicate, predicate

from portal.accounts.rules import is_person, is_platform_master, owns_organisation

from .enums import ENDED, TEAM, GateOutcome, VentureRole
from .models import GateEvidence, GateReview, Venture


def _roles(user: Any, venture: Venture) -> set[str]:
    """What ``user`` is to ``venture``, read once for each copy of the object."""
    if not is_person(user):
        return set()
    known: dict[int, set[str]] = venture.__dict__.setdefault("_roles_by_person", {})
    if user.pk not in known:
        known[user.pk] = set(venture.members.filter(user=user).values_list("role", flat=True))
    return known[user.pk]


@predicate
def is_shown(user: Any, venture: Venture) -> bool:
    """The venture is shown to everyone."""
    return venture.is_public


@predicate
def has_part(user: Any, venture: Venture) -> bool:
    """The person is on the team, a mentor or a gate-keeper."""
    return bool(_roles(user, venture))


@predicate
def is_on_team(user: Any, venture: Venture) -> bool:
    """The person does the work."""
    return not _roles(user, venture).isdisjoint(TEAM)


@predicate
def leads(user: Any, venture: Venture) -> bool:
    """The person leads the venture."""
    return VentureRole.LEAD in _roles(user, venture)


@predicate
def keeps_gate(user: Any, venture: Venture) -> bool:
    """The person decides at the gates, and is not on the team whose work is judged."""
    roles = _roles(user, venture)
    return VentureRole.GATE_KEEPER in roles and roles.isdisjoint(TEAM)


@predicate
def is_sponsor(user: Any, venture: Venture) -> bool:
    """The person is an owner of the sponsoring organisation."""
    return owns_organisation(user, venture.organisation)


@predicate
def is_under_way(user: Any, venture: Venture) -> bool:
    """The venture has not ended."""
    return venture.state not in ENDED


@predicate
def review_is_open(user: Any, review: GateReview) -> bool:
    """The gate-keepers have not spoken yet."""
    return review.state == GateOutcome.OPEN


def of_venture(rule: Predicate) -> Predicate:
    """``rule``, asked of the venture that a review belongs to."""

    @predicate(f"of_venture:{rule.name}")
    def asked(user: Any, review: GateReview) -> bool:
        return bool(rule(user, review.venture))

    return asked


is_insider: Predicate = has_part | is_sponsor | is_platform_master

can_view_venture: Predicate = is_shown | is_insider
can_enter_venture: Predicate = is_insider
can_edit_venture: Predicate = is_under_way & (leads | is_sponsor)
can_staff_venture: Predicate = is_under_way & is_sponsor
can_open_review: Predicate = is_under_way & (leads | is_sponsor)
can_steer_venture: Predicate = is_sponsor

can_view_review: Predicate = of_venture(is_insider)
can_bring_evidence: Predicate = review_is_open & of_venture(is_on_team)
can_decide_gate: Predicate = of_venture(keeps_gate)
can_judge_findings: Predicate = review_is_open & can_decide_gate


@predicate
def can_read_evidence(user: Any, evidence: GateEvidence) -> bool:
    """Evidence is for those inside the venture."""
    return bool(can_view_review(user, evidence.review))
