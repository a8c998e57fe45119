"""What time does to patents and offers."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from patents.enums import DEAD_STATUSES, LegalStatus
from patents.models import LicenceOffer, Patent
from patents.workflow import OFFER
from portal.kernel.clock import database_now
from portal.kernel.signals import object_changed
from portal.kernel.workflow import CLOCK

BATCH = 500
BY_EXPIRY_DATE = "expiry date"


def expire_patents() -> int:
    """Mark granted patents whose last day is over as expired, and pause what was offered on them; how many."""
    expired = 0
    while batch := _expire_some():
        expired += batch
    pause_unfounded_offers()
    return expired


@transaction.atomic
def _expire_some() -> int:
    due = Patent.objects.filter(legal_status=LegalStatus.GRANTED, expiry_date__lt=database_now().date())
    patents = list(due.select_for_update(of=("self",)).order_by("pk").light()[:BATCH])
    if patents:
        Patent.objects.filter(pk__in=[patent.pk for patent in patents]).update(
            legal_status=LegalStatus.EXPIRED, status_source=BY_EXPIRY_DATE, status_date=F("expiry_date")
        )
        object_changed.send(sender=Patent, objs=[patent.pk for patent in patents])
    return len(patents)


def pause_unfounded_offers(patent: Patent | None = None) -> int:
    """Pause listed offers (of ``patent``, else of all) whose right has died or changed hands; how many."""
    listed = LicenceOffer.objects.listed().select_related("patent")
    if patent is not None:
        listed = listed.filter(patent=patent)
    dead = Q(patent__legal_status__in=DEAD_STATUSES)
    held_by_others = ~Q(patent__owner=F("organisation")) & Q(organisation__isnull=False)
    held_by_somebody = Q(organisation__isnull=True, patent__owner__isnull=False)
    unfounded = list(listed.filter(dead | held_by_others | held_by_somebody))
    for offer in unfounded:
        reason = _why(offer)
        OFFER.perform(offer, "pause", actor=CLOCK, reason=reason, paused_because=reason)
    return len(unfounded)


def _why(offer: LicenceOffer) -> str:
    if offer.patent.legal_status in DEAD_STATUSES:
        status = offer.patent.get_legal_status_display()
        return _("The patent's legal status is now “%(status)s”.") % {"status": status}
    return _("The patent has changed hands.")
