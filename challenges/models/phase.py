"""The phases of a challenge, and the rubric by which what is filed in one is scored."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import UNSEALED, BlindLevel, PhaseState
from ..querysets import PhaseQuerySet
from .challenge import Challenge
from .constraints import known


class Rubric(models.Model):
    """A set of weighted criteria."""

    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    """One question a reviewer answers with a number from 0 to ``max_score``."""

    rubric = models.ForeignKey(Rubric, models.CASCADE, related_name="criteria", verbose_name=_("rubric"))
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("description"), max_length=500, blank=True)
    weight = models.DecimalField(
        _("weight"), max_digits=5, decimal_places=2, default=1, validators=[MinValueValidator(Decimal("0.01"))]
    )
    max_score = models.PositiveSmallIntegerField(_("highest score"), default=10)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "position"], name="challenges_criterion_position"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="challenges_criterion_weight"),
            models.CheckConstraint(condition=Q(max_score__gte=1), name="challenges_criterion_max_score"),
        ]

    def __str__(self) -> str:
        return self.name


class ChallengePhase(models.Model):
    """One step of a challenge (concept, proposal, prototype): what it asks for, when, how blind.

    Bodies filed for it stay sealed until it closes.
    """

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="phases", verbose_name=_("challenge"))
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=120)
    asks_for = models.TextField(_("asks for"), max_length=1000, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=PhaseState, default=PhaseState.PLANNED, editable=False)
    blind_level = models.CharField(_("blindness"), max_length=10, choices=BlindLevel, default=BlindLevel.SINGLE)
    rubric = models.ForeignKey(
        Rubric, models.PROTECT, null=True, blank=True, related_name="phases", verbose_name=_("rubric")
    )

    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["position"]
        indexes = [models.Index(fields=["state", "closes_at"], name="challenges_phase_deadlines")]
        constraints = [
            known(PhaseState, "challenges_phase_state"),
            known(BlindLevel, "challenges_phase_blindness", field="blind_level"),
            models.UniqueConstraint(fields=["challenge", "position"], name="challenges_phase_position"),
            models.UniqueConstraint(
                fields=["challenge"], condition=Q(state=PhaseState.OPEN), name="challenges_phase_one_open"
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="challenges_phase_closes_after_opening",
                violation_error_message=_("A phase closes after it opens."),
            ),
            models.CheckConstraint(
                condition=~Q(state=PhaseState.OPEN) | Q(closes_at__isnull=False),
                name="challenges_phase_open_has_deadline",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_unsealed(self) -> bool:
        """Whether the bodies filed for it may be opened."""
        return self.state in UNSEALED

    @property
    def hides_solvers(self) -> bool:
        """Whether readers do not learn who the solvers are before the decision is out."""
        return self.blind_level == BlindLevel.DOUBLE
