"""The deal: terms frozen with a hash, and the ledger of who accepted which of them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.kernel.errors import Refused
from portal.kernel.models import Timestamped

from ..enums import TermsModel
from ..querysets import TermsQuerySet
from .challenge import Challenge
from .constraints import known

CONTENT = ("model", "background_ip", "field_of_use", "territory", "payment", "extra")
"""The fields that make the deal: they go into the canonical text, and are fixed by its hash."""


class TermsVersion(Timestamped):
    """One version of a challenge's terms.

    Once ``frozen_at`` is set, the content never changes: ``canonical`` is the exact text that was
    hashed, ``sha256`` is what solvers accept. Exactly one version of a challenge is current, the
    one not superseded.
    """

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="terms_versions", verbose_name=_("challenge"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    model = models.CharField(_("rights"), max_length=20, choices=TermsModel, default=TermsModel.NON_EXCLUSIVE)
    background_ip = models.TextField(_("background rights"), max_length=2000, blank=True)
    field_of_use = models.CharField(_("field of use"), max_length=300, blank=True)
    territory = models.CharField(_("territory"), max_length=300, blank=True)
    payment = models.TextField(_("payment"), max_length=1000, blank=True)
    extra = models.TextField(_("further terms"), max_length=5000, blank=True)
    canonical = models.TextField(blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    frozen_at = models.DateTimeField(_("frozen"), null=True, blank=True, editable=False)
    superseded_at = models.DateTimeField(_("superseded"), null=True, blank=True, editable=False)

    objects = TermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms")
        verbose_name_plural = _("versions of terms")
        ordering = ["version"]
        constraints = [
            known(TermsModel, "challenges_terms_model", field="model"),
            models.UniqueConstraint(fields=["challenge", "version"], name="challenges_terms_version"),
            models.UniqueConstraint(
                fields=["challenge"], condition=Q(superseded_at__isnull=True), name="challenges_terms_one_current"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="challenges_terms_version_from_one"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, sha256="", canonical="")
                | (Q(frozen_at__isnull=False) & ~Q(sha256="") & ~Q(canonical="")),
                name="challenges_terms_frozen_with_hash",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(frozen_at__isnull=False),
                name="challenges_terms_superseded_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"

    @property
    def is_frozen(self) -> bool:
        """Whether the content is fixed for ever."""
        return self.frozen_at is not None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the row. Raises Refused when it would change frozen content."""
        if self.pk and self._kept_differently():
            raise Refused(_("These terms are frozen: make a new version."), code="terms_frozen")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove a draft. Raises Refused for frozen terms."""
        if self.is_frozen:
            raise Refused(_("These terms are frozen: make a new version."), code="terms_frozen")
        return super().delete(*args, **kwargs)

    def _kept_differently(self) -> bool:
        """Whether the row in the database is frozen with another content than this object holds."""
        fixed = (*CONTENT, "version", "canonical", "sha256", "frozen_at", "challenge_id")
        kept = TermsVersion.objects.filter(pk=self.pk, frozen_at__isnull=False).values(*fixed).first()
        return kept is not None and kept != {name: getattr(self, name) for name in fixed}


class Consent(models.Model):
    """A person accepted these very terms at this moment; rows are added and never changed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents", verbose_name=_("person")
    )
    terms_version = models.ForeignKey(TermsVersion, models.PROTECT, related_name="consents", verbose_name=_("terms"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    accepted_at = models.DateTimeField(_("accepted"), auto_now_add=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["accepted_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "terms_version"], name="challenges_consent_once"),
            models.CheckConstraint(condition=~Q(sha256=""), name="challenges_consent_names_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.terms_version}: {self.sha256[:12]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises Refused for one that is already in the ledger."""
        if self.pk:
            raise Refused(_("The ledger of consents is only added to."), code="append_only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises Refused: what was accepted stays on record."""
        raise Refused(_("The ledger of consents is only added to."), code="append_only")
