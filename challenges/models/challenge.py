"""A challenge: what an organisation needs, by when, and what it offers for it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from anyascii import anyascii
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from djmoney.models.fields import MoneyField

from portal.accounts.enums import Industry
from portal.accounts.models import Organisation
from portal.files.models import PrivateFile
from portal.kernel.models import Timestamped

from ..enums import UNPUBLISHED, ChallengeKind, ChallengeState, Priority, TechnologyField
from ..querysets import AttachmentQuerySet, ChallengeQuerySet
from .constraints import MONEY, known

if TYPE_CHECKING:
    pass

SLUG_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


def fresh_slug(title: str) -> str:
    """A readable slug in ASCII (other scripts are transliterated) with forty random bits at its end."""
    readable = slugify(anyascii(title))[:60].strip("-") or "challenge"
    return f"{readable}-{''.join(secrets.choice(SLUG_ALPHABET) for _ in range(8))}"


class Challenge(Timestamped):  # type: ignore[django-manager-missing]
    """One need of one organisation, from the first draft to the archive.

    Everybody may read it once ``published_at`` is set; ``confidential_part`` stays behind consent.
    Its times are moments (UTC); ``zone`` is only how they are shown.
    """

    slug = models.SlugField(_("slug"), max_length=80, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=ChallengeKind)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="challenges", verbose_name=_("organisation")
    )
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("posted by")
    )
    sponsor = models.CharField(_("sponsor"), max_length=300, blank=True)

    summary = models.TextField(_("summary"), max_length=600, blank=True)
    problem = models.TextField(_("problem"), blank=True)
    problem_html = models.TextField(blank=True, editable=False)
    confidential_part = models.TextField(_("confidential part"), blank=True)
    confidential_html = models.TextField(blank=True, editable=False)

    industry = models.CharField(_("industry"), max_length=1, choices=Industry, blank=True)
    technology_field = models.CharField(_("technology field"), max_length=2, choices=TechnologyField, blank=True)
    trl_sought = models.PositiveSmallIntegerField(_("technology readiness sought"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    eligible_countries = CountryField(_("eligible countries"), multiple=True, blank=True)
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    vets_solvers = models.BooleanField(_("registrations wait for approval"), default=False)

    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    decision_due_at = models.DateTimeField(_("decision due"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")

    state = models.CharField(
        _("state"), max_length=20, choices=ChallengeState, default=ChallengeState.DRAFT, editable=False
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    cancel_reason = models.TextField(_("reason for cancelling"), blank=True, editable=False)
    review_note = models.TextField(_("changes asked for"), blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    source = models.CharField(_("source"), max_length=40, blank=True, editable=False)
    source_id = models.CharField(_("number at the source"), max_length=200, blank=True, editable=False)
    source_url = models.URLField(_("address at the source"), max_length=1000, blank=True, editable=False)
    source_licence = models.CharField(_("licence of the text"), max_length=100, blank=True, editable=False)
    source_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="challenges_newest"),
            models.Index(fields=["state", "closes_at"], name="challenges_deadlines"),
            models.Index(fields=["organisation", "state"], name="challenges_by_organisation"),
        ]
        constraints = [
            known(ChallengeState, "challenges_challenge_state"),
            known(ChallengeKind, "challenges_challenge_kind", field="kind"),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source=""), name="challenges_challenge_source"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(state__in=UNPUBLISHED),
                name="challenges_challenge_unpublished_hidden",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False)
                | Q(state__in=[*UNPUBLISHED, ChallengeState.CANCELLED, ChallengeState.ARCHIVED]),
                name="challenges_challenge_published_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=ChallengeState.OPEN) | Q(closes_at__isnull=False),
                name="challenges_challenge_open_has_deadline",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="challenges_challenge_closes_after_opening",
                violation_error_message=_("A challenge closes after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(decision_due_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(decision_due_at__gte=F("closes_at")),
                name="challenges_challenge_decides_after_closing",
                violation_error_message=_("A decision is due after the deadline."),
            ),
            models.CheckConstraint(
                condition=Q(trl_sought__isnull=True) | Q(trl_sought__range=(1, 9)),
                name="challenges_challenge_trl",
                violation_error_message=_("Technology readiness is a number from 1 to 9."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the row; a new one gets its slug, which never changes afterwards."""
        self.slug = self.slug or fresh_slug(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("challenges:challenge-detail", args=[self.slug])

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.published_at is not None

    @property
    def is_imported(self) -> bool:
        """Whether it comes from another platform, where its submissions go."""
        return bool(self.source)

    @property
    def timezone(self) -> ZoneInfo:
        """The zone in which its deadlines are shown."""
        return ZoneInfo(self.zone)


class Requirement(models.Model):
    """One thing a solution must or should do."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="requirements", verbose_name=_("challenge"))
    position = models.PositiveSmallIntegerField(_("position"))
    priority = models.CharField(_("priority"), max_length=10, choices=Priority, default=Priority.MUST)
    text = models.CharField(_("requirement"), max_length=500)

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["position"]
        constraints = [
            known(Priority, "challenges_requirement_priority", field="priority"),
            models.UniqueConstraint(fields=["challenge", "position"], name="challenges_requirement_position"),
        ]

    def __str__(self) -> str:
        return f"{self.get_priority_display()} {self.position}"


class Reward(models.Model):  # type: ignore[django-manager-missing]
    """What the solution of this rank is given: money, something else, or both."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="rewards", verbose_name=_("challenge"))
    rank = models.PositiveSmallIntegerField(_("rank"))
    title = models.CharField(_("title"), max_length=120)
    amount = MoneyField(_("amount"), **MONEY, null=True, blank=True, default_currency=settings.DEFAULT_CURRENCY)
    non_monetary = models.CharField(_("besides money"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("reward")
        verbose_name_plural = _("rewards")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "rank"], name="challenges_reward_rank"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="challenges_reward_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=False) | ~Q(non_monetary=""),
                name="challenges_reward_something",
                violation_error_message=_("A reward is an amount, something else, or both."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ChallengeAttachment(PrivateFile):
    """A file of the seeker's: for everybody who sees the challenge, or with its confidential part."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="attachments", verbose_name=_("challenge"))
    is_confidential = models.BooleanField(_("confidential"), default=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta(PrivateFile.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
