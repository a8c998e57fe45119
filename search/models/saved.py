"""Searches that people keep, and what they found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.kernel.models import PublicIdField
from search.saved.enums import Alert
from search.saved.querysets import FoundThingQuerySet, SavedSearchQuerySet

LONGEST_QUERY = 2_000


class SavedSearch(models.Model):
    """A search somebody keeps. ``query`` is the address of its results, after the question mark.

    ``looked_at`` is when it was last looked for something new; what the first look finds is not new. ``due_at`` is when
    it is looked at next.
    """

    public_id = PublicIdField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=120)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True, editable=False)
    alert = models.CharField(_("alerts"), max_length=10, choices=Alert, default=Alert.DAILY)
    created_at = models.DateTimeField(_("saved"), auto_now_add=True)
    looked_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        indexes = [models.Index(fields=["due_at"], name="search_saved_due", condition=~Q(alert="off"))]
        constraints = [
            models.UniqueConstraint(fields=["user", "query"], name="search_saved_once"),
            models.CheckConstraint(condition=Q(alert__in=Alert.values), name="search_saved_alert_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("search:saved-detail", args=[self.public_id])

    @property
    def results_url(self) -> str:
        """Where all its results are."""
        return reverse("search:result-list") + (f"?{self.query}" if self.query else "")


class FoundThing(models.Model):
    """An object that a saved search has found, once and for all. ``found_at`` is empty for what was there before."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="found")
    kind = models.CharField(max_length=40)
    object_pk = models.CharField(max_length=40)
    found_at = models.DateTimeField(_("found"), null=True)
    dismissed_at = models.DateTimeField(null=True)

    objects = FoundThingQuerySet.as_manager()

    class Meta:
        verbose_name = _("found thing")
        verbose_name_plural = _("found things")
        constraints = [models.UniqueConstraint(fields=["search", "kind", "object_pk"], name="search_found_once")]
        indexes = [
            models.Index(
                fields=["search", "-found_at"],
                name="search_found_new",
                condition=Q(found_at__isnull=False, dismissed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_pk}"
