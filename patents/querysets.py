"""Which patents, pools, offers and requests someone may see: the twins of ``rules``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from .enums import OPEN_REQUEST_STATES, OfferState

if TYPE_CHECKING:
    from portal.accounts.querysets import Viewer

    from .models import LicenceOffer, LicenceRequest, Patent, Pool  # noqa: F401 - type arguments below


class PatentQuerySet(QuerySet["Patent"]):
    """Patents."""

    def visible_to(self, user: Viewer) -> Self:
        """All of them: what an office has published is public."""
        return self.all()

    def light(self) -> Self:
        """Without the long texts, for lists."""
        return self.defer("claims", "abstract")

    def offered(self) -> Self:
        """Those with a listed licence offer."""
        from .models import LicenceOffer

        return self.filter(Exists(LicenceOffer.objects.listed().filter(patent=OuterRef("pk"))))

    def editable_by(self, user: Viewer) -> Self:
        """Those ``user`` may change: held by an organisation of theirs, or added in their own name."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_platform_master:
            return self.all()
        own = Q(owner__isnull=True, created_by=user.pk)
        return self.filter(Q(owner__in=user.owned_organisation_ids) | own)


class PoolQuerySet(QuerySet["Pool"]):
    """Pools."""

    def visible_to(self, user: Viewer) -> Self:
        """The public ones; those of one's own organisations; all of them for the platform master."""
        if not user.is_authenticated or not user.is_active:
            return self.filter(public=True)
        if user.is_platform_master:
            return self.all()
        return self.filter(Q(public=True) | Q(organisation__in=user.organisation_ids))


class LicenceOfferQuerySet(QuerySet["LicenceOffer"]):
    """Licence offers."""

    def listed(self) -> Self:
        """Those on the table now."""
        return self.filter(state=OfferState.LISTED)

    def visible_to(self, user: Viewer) -> Self:
        """The listed ones; one's own side's; those one has asked about; all for the platform master."""
        if not user.is_authenticated or not user.is_active:
            return self.listed()
        if user.is_platform_master:
            return self.all()
        asked = _requests().of_licensee(user).filter(offer=OuterRef("pk"))
        return self.filter(Q(state=OfferState.LISTED) | of_licensor("", user) | Exists(asked))


class LicenceRequestQuerySet(QuerySet["LicenceRequest"]):
    """Licence requests."""

    def visible_to(self, user: Viewer) -> Self:
        """Those of which one is on either side; all of them for the platform master."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_platform_master:
            return self.all()
        return self.filter(of_licensor("offer__", user) | _of_licensee(user))

    def of_licensee(self, user: Viewer) -> Self:
        """Those ``user`` or an organisation of theirs has sent."""
        return self.filter(_of_licensee(user)) if user.is_authenticated and user.is_active else self.none()

    def of_licensor(self, user: Viewer) -> Self:
        """Those that came in on offers of ``user`` or of an organisation of theirs."""
        return self.filter(of_licensor("offer__", user)) if user.is_authenticated and user.is_active else self.none()

    def open(self) -> Self:
        """Those that still await somebody."""
        return self.filter(state__in=OPEN_REQUEST_STATES)


def of_licensor(path: str, user: Viewer) -> Q:
    """The offer at ``path`` is by an organisation of the signed-in ``user``, or by themselves alone."""
    by_organisation = Q(**{f"{path}organisation__in": _organisations(user)})
    return by_organisation | Q(**{f"{path}organisation__isnull": True, f"{path}offered_by": user.pk})


def _of_licensee(user: Viewer) -> Q:
    return Q(requester=user.pk) | Q(organisation__in=_organisations(user))


def _organisations(user: Viewer) -> frozenset[int]:
    return user.organisation_ids if user.is_authenticated and user.is_active else frozenset()


def _requests() -> LicenceRequestQuerySet:
    from .models import LicenceRequest

    return LicenceRequest.objects.all()
