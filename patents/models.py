"""Patents and what is known of them, the pools they are in, and the offers and requests to license them."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from portal.accounts.models import Organisation
from portal.kernel.models import PublicIdField, Timestamped

from .enums import OPEN_REQUEST_STATES, LegalStatus, LicenceModel, OfferState, PartyRole, RequestState, Scheme, Side
from .querysets import LicenceOfferQuerySet, LicenceRequestQuerySet, PatentQuerySet, PoolQuerySet

UNDATED = date(1, 1, 1)
"""Where a patent that names no day at all stands in lists ordered by day: last."""


class Patent(Timestamped):
    """One publication of an invention. ``number`` is canonical (see ``numbers``) and never changes."""

    number = models.CharField(_("publication number"), max_length=40, unique=True, editable=False)
    country = models.CharField(_("office"), max_length=4, db_index=True)
    document_number = models.CharField(_("document number"), max_length=30)
    kind_code = models.CharField(_("kind code"), max_length=4, blank=True)
    title = models.CharField(_("title"), max_length=1000, blank=True)
    abstract = models.TextField(_("abstract"), blank=True)
    language = models.CharField(_("language of the text"), max_length=10, blank=True)
    claims = models.JSONField(_("claims"), default=list, blank=True)
    application_number = models.CharField(_("application number"), max_length=40, blank=True)
    family_key = models.CharField(_("family"), max_length=40, blank=True, db_index=True)
    legal_status = models.CharField(_("legal status"), max_length=24, choices=LegalStatus, default=LegalStatus.UNKNOWN)
    status_source = models.CharField(_("says who"), max_length=80, blank=True)
    status_date = models.DateField(_("as of"), null=True, blank=True)
    status_code = models.CharField(_("code at the source"), max_length=40, blank=True)
    priority_date = models.DateField(_("priority date"), null=True, blank=True)
    filing_date = models.DateField(_("filed"), null=True, blank=True)
    publication_date = models.DateField(_("published"), null=True, blank=True)
    grant_date = models.DateField(_("granted"), null=True, blank=True)
    expiry_date = models.DateField(_("expires"), null=True, blank=True)
    sort_date = models.DateField(default=UNDATED, editable=False)
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="patents", verbose_name=_("held by")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    source = models.CharField(_("source"), max_length=40, blank=True)
    source_licence = models.CharField(_("terms of the source"), max_length=200, blank=True)

    objects = PatentQuerySet.as_manager()

    class Meta:
        verbose_name = _("patent")
        verbose_name_plural = _("patents")
        indexes = [
            models.Index(fields=("-sort_date", "-id"), name="patent_by_date"),
            models.Index(fields=("country", "document_number"), name="patent_by_document"),
            models.Index(fields=("legal_status", "expiry_date"), name="patent_by_expiry"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="patent_has_a_number")]

    def __str__(self) -> str:
        return f"{self.number} · {self.title}" if self.title else self.number

    def save(self, *args: Any, **options: Any) -> None:
        self.sort_date = self.latest_known_date
        super().save(*args, **options)

    def get_absolute_url(self) -> str:
        return reverse("patents:patent-detail", args=[self.number])

    @property
    def latest_known_date(self) -> date:
        """The day it is ordered by: publication, else grant, filing or priority, else ``UNDATED``."""
        known = (self.publication_date, self.grant_date, self.filing_date, self.priority_date)
        return next((day for day in known if day), UNDATED)


class PatentParty(models.Model):
    """Somebody named on a patent, as it names them, in its order."""

    patent = models.ForeignKey(Patent, models.CASCADE, related_name="parties")
    role = models.CharField(_("role"), max_length=10, choices=PartyRole)
    name = models.CharField(_("name"), max_length=300)
    sequence = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("role", "sequence", "id")
        constraints = [models.UniqueConstraint(fields=("patent", "role", "name"), name="patent_party_once_a_role")]

    def __str__(self) -> str:
        return self.name


class Classification(models.Model):
    """A symbol of a scheme, such as CPC ``B01D 69/12``, with its title where it is known."""

    scheme = models.CharField(_("scheme"), max_length=3, choices=Scheme)
    symbol = models.CharField(_("symbol"), max_length=24)
    title = models.CharField(_("title"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("classification")
        verbose_name_plural = _("classifications")
        ordering = ("scheme", "symbol")
        constraints = [models.UniqueConstraint(fields=("scheme", "symbol"), name="classification_once")]

    def __str__(self) -> str:
        return self.symbol


class PatentClassification(models.Model):
    """A patent is classed under a symbol; the first in sequence is the main one of its scheme."""

    patent = models.ForeignKey(Patent, models.CASCADE, related_name="classified")
    classification = models.ForeignKey(Classification, models.PROTECT, related_name="classified")
    sequence = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("classification__scheme", "sequence", "id")
        constraints = [models.UniqueConstraint(fields=("patent", "classification"), name="patent_classed_once")]

    def __str__(self) -> str:
        return f"{self.patent_id} {self.classification_id}"


class Citation(models.Model):
    """A document the patent cites: as printed, and as a canonical number where it can be read as one."""

    patent = models.ForeignKey(Patent, models.CASCADE, related_name="citations")
    raw = models.CharField(_("as printed"), max_length=120)
    number = models.CharField(_("canonical number"), max_length=40, blank=True, db_index=True)
    sequence = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ("sequence", "id")
        constraints = [models.UniqueConstraint(fields=("patent", "raw"), name="citation_once_a_patent")]

    def __str__(self) -> str:
        return self.number or self.raw


class Pool(Timestamped):
    """Patents put together for joint use."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    summary = models.TextField(_("summary"), max_length=4000, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="pools", verbose_name=_("kept by")
    )
    public = models.BooleanField(_("everyone may see it"), default=True)
    patents = models.ManyToManyField(Patent, through="PoolMembership", related_name="pools")

    objects = PoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("pool")
        verbose_name_plural = _("pools")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("patents:pool-detail", args=[self.slug])


class PoolMembership(models.Model):
    """A patent is in a pool since a day."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="memberships")
    patent = models.ForeignKey(Patent, models.CASCADE, related_name="pool_memberships")
    joined_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("pool membership")
        verbose_name_plural = _("pool memberships")
        constraints = [models.UniqueConstraint(fields=("pool", "patent"), name="patent_once_a_pool")]

    def __str__(self) -> str:
        return f"{self.pool_id} {self.patent_id}"


class LicenceOffer(Timestamped):
    """Terms on which a patent may be licensed: the headline for everyone, the terms after consent."""

    public_id = PublicIdField()
    patent = models.ForeignKey(Patent, models.PROTECT, related_name="offers", verbose_name=_("patent"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="licence_offers", verbose_name=_("licensor")
    )
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="licence_offers", verbose_name=_("offered by")
    )
    state = models.CharField(_("state"), max_length=12, choices=OfferState, default=OfferState.DRAFT, db_index=True)
    paused_because = models.CharField(_("why it is paused"), max_length=500, blank=True)
    model = models.CharField(_("kind of licence"), max_length=16, choices=LicenceModel)
    headline = models.CharField(_("headline"), max_length=200)
    field_of_use = models.CharField(_("field of use"), max_length=300, blank=True)
    territory = models.CharField(_("territory"), max_length=300, blank=True)
    terms = models.TextField(_("terms"), max_length=20_000, blank=True)
    price = MoneyField(_("price"), max_digits=14, decimal_places=2, null=True, blank=True, default_currency="EUR")
    listed_at = models.DateTimeField(_("listed"), null=True, blank=True, editable=False)

    objects = LicenceOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("licence offer")
        verbose_name_plural = _("licence offers")
        constraints = [
            models.CheckConstraint(condition=Q(price__isnull=True) | Q(price__gte=0), name="offer_price_not_negative")
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("patents:offer-detail", args=[self.public_id])

    @property
    def terms_digest(self) -> str:
        """SHA-256 of the terms as they stand: what a consent refers to."""
        return hashlib.sha256(self.terms.encode()).hexdigest()


class TermsConsent(models.Model):
    """Somebody promised to keep the terms of an offer, as they then stood, to themselves."""

    offer = models.ForeignKey(LicenceOffer, models.CASCADE, related_name="consents")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("offer", "user", "digest"), name="terms_consent_once")]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.user_id}"


class LicenceRequest(Timestamped):  # type: ignore[django-manager-missing]
    """Somebody asks for a licence on the terms of an offer; the two sides find terms or part."""

    public_id = PublicIdField()
    offer = models.ForeignKey(LicenceOffer, models.PROTECT, related_name="requests", verbose_name=_("offer"))
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="licence_requests", verbose_name=_("requested by")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="licence_requests", verbose_name=_("for")
    )
    state = models.CharField(_("state"), max_length=16, choices=RequestState, default=RequestState.SENT, db_index=True)
    purpose = models.TextField(_("what it is for"), max_length=4000)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    agreed_proposal = models.OneToOneField(
        "Proposal", models.PROTECT, null=True, blank=True, editable=False, related_name="agreed_in"
    )

    objects = LicenceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("licence request")
        verbose_name_plural = _("licence requests")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=RequestState.AGREED) | Q(agreed_proposal__isnull=False),
                name="request_agreed_to_something",
            ),
            models.UniqueConstraint(
                fields=("offer", "requester"),
                condition=Q(state__in=sorted(OPEN_REQUEST_STATES)),
                name="request_one_open_a_person",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Licence request on %(number)s")) % {"number": self.offer.patent.number}

    def get_absolute_url(self) -> str:
        return reverse("patents:request-detail", args=[self.public_id])


class Proposal(models.Model):  # type: ignore[django-manager-missing]
    """A term sheet, or the counter to one. Rows are never changed: the last one is what is on the table."""

    request = models.ForeignKey(LicenceRequest, models.CASCADE, related_name="proposals")
    sequence = models.PositiveSmallIntegerField()
    side = models.CharField(_("side"), max_length=8, choices=Side)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("terms"), max_length=10_000)
    price = MoneyField(_("price"), max_digits=14, decimal_places=2, null=True, blank=True, default_currency="EUR")
    royalty_percent = models.DecimalField(
        _("royalty in per cent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("sequence",)
        constraints = [
            models.UniqueConstraint(fields=("request", "sequence"), name="proposal_one_a_place"),
            models.CheckConstraint(
                condition=Q(royalty_percent__isnull=True) | Q(royalty_percent__gte=0, royalty_percent__lte=100),
                name="proposal_royalty_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gte=0), name="proposal_price_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} #{self.sequence}"


class ImportRun(models.Model):
    """One reading of one file: what came of it, and how far it got, so that it can go on from there."""

    source_digest = models.CharField(max_length=64, db_index=True)
    reader = models.CharField(max_length=40)
    rows_done = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.reader} {self.source_digest[:12]}"


class SourceRecord(models.Model):
    """A record that has gone into a patent; the same record again changes nothing."""

    patent = models.ForeignKey(Patent, models.CASCADE, related_name="source_records")
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="records")
    source = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("patent", "fingerprint"), name="source_record_once")]

    def __str__(self) -> str:
        return f"{self.patent_id} {self.fingerprint[:12]}"
