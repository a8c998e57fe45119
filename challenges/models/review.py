"""Judging: who was asked to review what, their conflicts, scores and recommendations."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.kernel.models import PublicIdField, Timestamped

from ..enums import AssignmentState, Recommendation
from ..querysets import AssignmentQuerySet, ReviewQuerySet
from .constraints import known
from .phase import Criterion
from .submission import Submission


class ReviewAssignment(Timestamped):
    """A person is asked to review a submission."""

    public_id = PublicIdField()
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="assignments", verbose_name=_("submission"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="review_assignments", verbose_name=_("reviewer")
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=AssignmentState, default=AssignmentState.INVITED, editable=False
    )
    state_note = models.TextField(_("reason"), blank=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("review assignment")
        verbose_name_plural = _("review assignments")
        constraints = [
            known(AssignmentState, "challenges_assignment_state"),
            models.UniqueConstraint(fields=["submission", "reviewer"], name="challenges_assignment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.submission} · {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("challenges:review-detail", args=[self.public_id])


class ConflictDeclaration(models.Model):
    """A person's tie to a submission; it takes reading away, whatever other roles they hold."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="conflicts", verbose_name=_("submission"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflicts", verbose_name=_("person")
    )
    reason = models.CharField(_("reason"), max_length=500)
    declared_at = models.DateTimeField(_("declared"), auto_now_add=True)

    class Meta:
        verbose_name = _("declaration of conflict")
        verbose_name_plural = _("declarations of conflict")
        constraints = [models.UniqueConstraint(fields=["submission", "user"], name="challenges_conflict_once")]

    def __str__(self) -> str:
        return f"{self.submission} · {self.declared_at:%Y-%m-%d}"


class Review(Timestamped):
    """What a reviewer says of a submission; a draft until ``submitted_at``."""

    assignment = models.OneToOneField(
        ReviewAssignment, models.CASCADE, related_name="review", verbose_name=_("assignment")
    )
    comment = models.TextField(_("comment for the seeker"), max_length=10_000, blank=True)
    recommendation = models.CharField(_("recommendation"), max_length=20, choices=Recommendation, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(recommendation__in=["", *Recommendation.values]), name="challenges_review_recommendation"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | ~Q(recommendation=""),
                name="challenges_review_submitted_recommends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}"


class Score(models.Model):
    """The number given for one criterion."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores", verbose_name=_("review"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores", verbose_name=_("criterion"))
    value = models.PositiveSmallIntegerField(_("score"))

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["criterion__position"]
        constraints = [models.UniqueConstraint(fields=["review", "criterion"], name="challenges_score_once")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"
