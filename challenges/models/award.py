"""The award: which submission won which reward, under which terms, decided by whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from portal.kernel.models import PublicIdField, Timestamped

from ..enums import AwardState
from ..querysets import AwardQuerySet
from .challenge import Challenge, Reward
from .constraints import MONEY, known
from .submission import Submission
from .terms import TermsVersion


class Award(Timestamped):
    """One submission gets one reward, once: the database refuses a second of either.

    ``announced_at`` set makes it public; before, only seeker, team and platform master see it.
    """

    public_id = PublicIdField()
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="awards", verbose_name=_("challenge"))
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="award", verbose_name=_("submission"))
    reward = models.ForeignKey(
        Reward, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name=_("reward")
    )
    terms_version = models.ForeignKey(
        TermsVersion, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name=_("terms")
    )
    amount = MoneyField(_("amount"), **MONEY, null=True, blank=True, default_currency=settings.DEFAULT_CURRENCY)
    citation = models.TextField(_("why it won"), max_length=2000, blank=True)
    awarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("awarded by")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=AwardState, default=AwardState.RECOMMENDED, editable=False
    )
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True, editable=False)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [
            known(AwardState, "challenges_award_state"),
            models.UniqueConstraint(
                fields=["reward"], condition=~Q(state=AwardState.DECLINED), name="challenges_award_one_per_reward"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="challenges_award_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenge} · {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("challenges:award-detail", args=[self.public_id])
