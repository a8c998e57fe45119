"""Ventures, the gates between their stages, and what was brought to and said at each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from challenges.models import Award
from portal.accounts.models import Organisation
from portal.files.models import PrivateFile
from portal.kernel.models import PublicIdField, Timestamped

from .enums import GateOutcome, Stage, VentureRole, VentureState, Weight
from .querysets import GateEvidenceQuerySet, GateReviewQuerySet, VentureQuerySet


class Venture(Timestamped):
    """Something on its way from an award to the market, sponsored by an organisation, led by creators."""

    public_id = PublicIdField()
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), max_length=5000, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="ventures", verbose_name=_("sponsor"))
    award = models.OneToOneField(
        Award, models.PROTECT, null=True, blank=True, related_name="venture", verbose_name=_("award")
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.DISCOVERY, editable=False)
    state = models.CharField(
        _("state"), max_length=20, choices=VentureState, default=VentureState.ACTIVE, editable=False
    )
    state_note = models.TextField(_("reason"), blank=True, editable=False)
    is_public = models.BooleanField(_("shown to everyone"), default=False)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, through="VentureMember", related_name="ventures")

    objects = VentureQuerySet.as_manager()

    class Meta:
        verbose_name = _("venture")
        verbose_name_plural = _("ventures")
        indexes = [models.Index(fields=["state", "stage"], name="incubation_ventures_by_stage")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=VentureState.values), name="incubation_venture_state"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="incubation_venture_stage"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("incubation:venture-detail", args=[self.public_id])


class VentureMember(Timestamped):
    """One thing that a person is to a venture."""

    venture = models.ForeignKey(Venture, models.CASCADE, related_name="members", verbose_name=_("venture"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="venture_roles", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=20, choices=VentureRole, default=VentureRole.MEMBER)

    class Meta:
        verbose_name = _("part in a venture")
        verbose_name_plural = _("parts in ventures")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["venture", "user", "role"], name="incubation_member_role_once"),
            models.UniqueConstraint(
                fields=["venture"], condition=Q(role=VentureRole.LEAD), name="incubation_venture_one_lead"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class GateCriterion(models.Model):
    """What is asked at the gate that ends ``stage``, of every venture; the platform master's to set."""

    stage = models.CharField(_("gate at the end of"), max_length=20, choices=Stage)
    text = models.CharField(_("criterion"), max_length=300)
    weight = models.CharField(_("weight"), max_length=20, choices=Weight, default=Weight.MUST_MEET)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    is_asked = models.BooleanField(_("asked of new reviews"), default=True)

    class Meta:
        verbose_name = _("gate criterion")
        verbose_name_plural = _("gate criteria")
        ordering = ["stage", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "text"], name="incubation_criterion_once_a_gate"),
        ]

    def __str__(self) -> str:
        return self.text


class GateReview(Timestamped):
    """A venture before the gate that ends its stage: evidence, findings, and one outcome."""

    public_id = PublicIdField()
    venture = models.ForeignKey(Venture, models.CASCADE, related_name="reviews", verbose_name=_("venture"))
    stage = models.CharField(_("gate at the end of"), max_length=20, choices=Stage, editable=False)
    state = models.CharField(_("outcome"), max_length=20, choices=GateOutcome, default=GateOutcome.OPEN, editable=False)
    rationale = models.TextField(_("why"), max_length=5000, blank=True)
    conditions = models.TextField(_("conditions"), max_length=5000, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)

    objects = GateReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("gate review")
        verbose_name_plural = _("gate reviews")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=GateOutcome.values), name="incubation_review_state"),
            models.UniqueConstraint(
                fields=["venture"], condition=Q(state=GateOutcome.OPEN), name="incubation_one_open_review"
            ),
            models.CheckConstraint(
                condition=Q(state=GateOutcome.OPEN, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=GateOutcome.OPEN) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="incubation_review_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venture} · {self.get_stage_display()}"

    def get_absolute_url(self) -> str:
        return reverse("incubation:review-detail", args=[self.public_id])


class GateFinding(models.Model):
    """Whether one criterion was met, as it was worded when the review opened; empty until it is judged."""

    review = models.ForeignKey(GateReview, models.CASCADE, related_name="findings", verbose_name=_("gate review"))
    text = models.CharField(_("criterion"), max_length=300)
    weight = models.CharField(_("weight"), max_length=20, choices=Weight)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    is_met = models.BooleanField(_("met"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["review", "text"], name="incubation_finding_once")]

    def __str__(self) -> str:
        return self.text


class GateEvidence(PrivateFile):
    """A file that the team brings before the gate-keepers, and what it shows."""

    review = models.ForeignKey(GateReview, models.CASCADE, related_name="evidence", verbose_name=_("gate review"))
    shows = models.CharField(_("what it shows"), max_length=300)

    objects = GateEvidenceQuerySet.as_manager()

    class Meta(PrivateFile.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
