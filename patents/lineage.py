"""This app's stretch of the one thread: patent → licence offer → licence request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.kernel.lineage import Link, edges

from .models import LicenceOffer, LicenceRequest, Patent

OFFERED, ASKED = _("offered under"), _("asked for")


@edges("patent")
def offers_of_patent(patent: Patent, user: Any) -> Iterator[Link]:
    """On what terms it is offered."""
    for offer in patent.offers.visible_to(user).select_related("patent", "organisation"):
        yield Link(offer, OFFERED)


@edges("licence_offer")
def around_offer(offer: LicenceOffer, user: Any) -> Iterator[Link]:
    """What is offered, and who has asked for it."""
    yield Link(offer.patent, OFFERED, after=False)
    requests = offer.requests.visible_to(user)
    for request in requests.select_related("offer__patent", "offer__organisation", "organisation"):
        yield Link(request, ASKED)


@edges("licence_request")
def offer_of_request(request: LicenceRequest, user: Any) -> Iterator[Link]:
    """The offer that is asked for."""
    yield Link(request.offer, ASKED, after=False)
