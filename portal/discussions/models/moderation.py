"""What is said against messages, what is decided about it, and what follows for their authors."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.kernel.models import PublicIdField, Timestamped

from ..enums import WAITING, CaseOrigin, CaseState, Outcome, PhraseDeed, ReportReason
from ..querysets import BlockingQuerySet, CaseQuerySet, MutingQuerySet
from .message import Message
from .room import Room


class ModerationCase(Timestamped):
    """Everything about one message that somebody has to decide: one that waits at a time.

    ``kept_text`` is what a removed message said, for as long as the removal can still be appealed and undone.
    ``hid_at`` is when reports or the word list hid the message without anybody's word.
    """

    public_id = PublicIdField()
    message = models.ForeignKey(Message, models.CASCADE, related_name="cases", verbose_name=_("message"))
    origin = models.CharField(_("origin"), max_length=12, choices=CaseOrigin)
    state = models.CharField(_("state"), max_length=12, choices=CaseState, default=CaseState.OPEN, editable=False)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    rationale = models.TextField(_("reason"), max_length=1_000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    hid_at = models.DateTimeField(null=True, blank=True, editable=False)
    kept_text = models.TextField(blank=True, editable=False)
    appeal = models.TextField(_("appeal"), max_length=2_000, blank=True)
    appealed_at = models.DateTimeField(_("appealed"), null=True, blank=True)
    answer = models.TextField(_("answer to the appeal"), max_length=1_000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("moderation case")
        verbose_name_plural = _("moderation cases")
        constraints = [
            models.UniqueConstraint(
                fields=("message",), condition=Q(state__in=WAITING), name="discussions_one_case_waits"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(CaseState.OPEN, CaseState.DECLINED)) | ~Q(outcome=""),
                name="discussions_upheld_has_outcome",
            ),
        ]
        indexes = [models.Index(fields=("state", "created_at", "id"), name="discussions_case_queue")]

    def __str__(self) -> str:
        return str(_("Decision about a message"))

    def get_absolute_url(self) -> str:
        return reverse("discussions:case-detail", args=[self.public_id])

    @property
    def author(self) -> Any:
        """Whose message it is about."""
        return self.message.author

    @property
    def is_waiting(self) -> bool:
        """Whether somebody's word is asked."""
        return self.state in WAITING


class Report(models.Model):
    """One person's word against one message."""

    case = models.ForeignKey(ModerationCase, models.CASCADE, related_name="reports", verbose_name=_("case"))
    message = models.ForeignKey(Message, models.CASCADE, related_name="reports", verbose_name=_("message"))
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reporter"))
    reason = models.CharField(_("reason"), max_length=12, choices=ReportReason)
    words = models.TextField(_("in your words"), max_length=1_000, blank=True)
    counts = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("reported"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(fields=("message", "reporter"), name="discussions_one_report_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} #{self.message_id}"


class Muting(models.Model):
    """Somebody may not write in ``room``, or anywhere when it is None, before ``until``."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    room = models.ForeignKey(Room, models.CASCADE, null=True, blank=True, related_name="mutings")
    case = models.ForeignKey(ModerationCase, models.CASCADE, related_name="mutings")
    until = models.DateTimeField(_("until"))
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MutingQuerySet.as_manager()

    class Meta:
        verbose_name = _("muting")
        verbose_name_plural = _("mutings")
        indexes = [models.Index(fields=("person", "until"), name="discussions_muting_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.room_id or '*'}"

    @property
    def place(self) -> str | Promise:
        """Where it holds, in words."""
        return self.room.title if self.room else _("in all rooms")


class Blocking(models.Model):
    """``blocker`` does not want to hear from ``blocked``."""

    blocker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blockings")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = BlockingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("blocker", "blocked"), name="discussions_blocked_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="discussions_nobody_blocks_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} – {self.blocked_id}"


class WatchedPhrase(Timestamped):
    """A word or phrase, and what becomes of messages that hold it. ``folded`` is what is looked for."""

    public_id = PublicIdField()
    phrase = models.CharField(_("word or phrase"), max_length=100)
    folded = models.CharField(max_length=200, unique=True, editable=False)
    deed = models.CharField(_("what happens"), max_length=8, choices=PhraseDeed, default=PhraseDeed.FLAG)

    class Meta:
        verbose_name = _("watched phrase")
        verbose_name_plural = _("watched phrases")
        ordering = ["folded"]
        constraints = [models.CheckConstraint(condition=~Q(folded=""), name="discussions_phrase_says_something")]

    def __str__(self) -> str:
        return self.phrase
