"""Which rows a person may see: the queryset twins of ``rules``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

if TYPE_CHECKING:
    from .models import GateEvidence, GateReview, Venture  # noqa: F401


def _seen_ventures(user: Any) -> Q:
    """Ventures shown to everyone, those the person has a part in, and those of their organisations."""
    from .models import VentureMember

    if not user.is_authenticated or not user.is_active:
        return Q(is_public=True)
    if user.is_platform_master:
        return Q()
    part = Exists(VentureMember.objects.filter(venture=OuterRef("pk"), user=user))
    return Q(is_public=True) | Q(part) | Q(organisation_id__in=user.owned_organisation_ids)


def _insider_ventures(user: Any) -> QuerySet[Venture]:
    from .models import Venture, VentureMember

    if not user.is_authenticated or not user.is_active:
        return Venture.objects.none()
    if user.is_platform_master:
        return Venture.objects.all()
    part = Exists(VentureMember.objects.filter(venture=OuterRef("pk"), user=user))
    return Venture.objects.filter(Q(part) | Q(organisation_id__in=user.owned_organisation_ids))


class VentureQuerySet(QuerySet["Venture"]):
    """Ventures."""

    def visible_to(self, user: Any) -> VentureQuerySet:
        """Those whose existence and summary ``user`` may know of."""
        return self.filter(_seen_ventures(user))

    def inside_of(self, user: Any) -> VentureQuerySet:
        """Those whose reviews, evidence and room ``user`` may see."""
        return self.filter(pk__in=_insider_ventures(user).values("pk"))

    def for_list(self) -> VentureQuerySet:
        """With what a row of a list shows."""
        return self.select_related("organisation")


class GateReviewQuerySet(QuerySet["GateReview"]):
    """Gate reviews."""

    def visible_to(self, user: Any) -> GateReviewQuerySet:
        """Those of ventures that ``user`` is inside of."""
        return self.filter(venture__in=_insider_ventures(user).values("pk"))

    def waiting(self) -> GateReviewQuerySet:
        """Those the gate-keepers have not spoken on."""
        from .enums import GateOutcome

        return self.filter(state=GateOutcome.OPEN)


class GateEvidenceQuerySet(QuerySet["GateEvidence"]):
    """Evidence brought to gates."""

    def visible_to(self, user: Any) -> GateEvidenceQuerySet:
        """That of ventures that ``user`` is inside of."""
        return self.filter(review__venture__in=_insider_ventures(user).values("pk"))
