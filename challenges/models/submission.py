"""What a team sends in: versions that are sealed and receipted, their files, and who opened them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.files.models import PrivateFile
from portal.kernel.models import PublicIdField, Timestamped

from ..enums import Accessed, PendingDecision, SubmissionState
from ..querysets import SubmissionFileQuerySet, SubmissionQuerySet, VersionQuerySet
from .challenge import Challenge
from .constraints import known
from .phase import ChallengePhase
from .registration import Team


class Submission(Timestamped):
    """A team's answer to a challenge, through all its phases.

    Title and abstract are open to the seeker once filed; bodies are `SubmissionVersion`s.
    ``pending_decision`` is what was decided quietly, ``informed_at`` when the team was told.
    """

    public_id = PublicIdField()
    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="submissions", verbose_name=_("challenge"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="submissions", verbose_name=_("team"))
    title = models.CharField(_("title"), max_length=200)
    abstract = models.TextField(_("abstract"), max_length=2000, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=SubmissionState, default=SubmissionState.DRAFT, editable=False
    )
    state_note = models.TextField(_("reason"), blank=True, editable=False)
    pending_decision = models.CharField(
        _("decision not yet released"), max_length=20, choices=PendingDecision, blank=True, editable=False
    )
    feedback = models.TextField(_("feedback to the team"), max_length=5000, blank=True)
    informed_at = models.DateTimeField(_("team informed"), null=True, blank=True, editable=False)
    filed_at = models.DateTimeField(_("first filed"), null=True, blank=True, editable=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        indexes = [models.Index(fields=["challenge", "state"], name="challenges_submissions")]
        constraints = [
            known(SubmissionState, "challenges_submission_state"),
            models.UniqueConstraint(
                fields=["team"],
                condition=~Q(state=SubmissionState.WITHDRAWN),
                name="challenges_submission_one_per_team",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[SubmissionState.DRAFT, SubmissionState.WITHDRAWN]) | Q(filed_at__isnull=False),
                name="challenges_submission_filed",
            ),
            models.CheckConstraint(
                condition=Q(pending_decision__in=["", *PendingDecision.values]), name="challenges_submission_pending"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("challenges:submission-detail", args=[self.public_id])


class SubmissionVersion(Timestamped):
    """Title, abstract and body, written for one phase. Filed, they never change; they have a hash and a receipt.

    What is filed becomes the title and abstract of the submission; until then nobody else sees it.
    ``filed_at`` empty is the team's draft, of which there is at most one. ``replaced_at`` set means
    that a later version of the same phase stands in its place.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="versions", verbose_name=_("submission"))
    phase = models.ForeignKey(ChallengePhase, models.PROTECT, related_name="versions", verbose_name=_("phase"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    abstract = models.TextField(_("abstract"), max_length=2000, blank=True)
    body = models.TextField(_("body"), blank=True)
    body_html = models.TextField(blank=True, editable=False)
    canonical = models.TextField(blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    filed_at = models.DateTimeField(_("filed"), null=True, blank=True, editable=False)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("filed by")
    )
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="challenges_version_number"),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(filed_at__isnull=True), name="challenges_version_one_draft"
            ),
            models.UniqueConstraint(
                fields=["submission", "phase"],
                condition=Q(filed_at__isnull=False, replaced_at__isnull=True),
                name="challenges_version_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(filed_at__isnull=True, sha256="", canonical="", filed_by__isnull=True)
                | (Q(filed_at__isnull=False, filed_by__isnull=False) & ~Q(sha256="") & ~Q(canonical="")),
                name="challenges_version_filed_with_hash",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(filed_at__isnull=False),
                name="challenges_version_replaced_filed",
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"

    @property
    def is_filed(self) -> bool:
        """Whether it is sent in, and so fixed."""
        return self.filed_at is not None


class SubmissionFile(PrivateFile):
    """A file of a submission: of the draft while ``version`` is empty, then of that version."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files", verbose_name=_("submission"))
    version = models.ForeignKey(
        SubmissionVersion, models.CASCADE, null=True, blank=True, related_name="files", verbose_name=_("version")
    )

    objects = SubmissionFileQuerySet.as_manager()

    class Meta(PrivateFile.Meta):
        verbose_name = _("file of a submission")
        verbose_name_plural = _("files of submissions")


class DisclosureReceipt(models.Model):
    """Proof of what was filed when: a JSON text of hashes that anyone can check offline."""

    public_id = PublicIdField()
    version = models.OneToOneField(SubmissionVersion, models.PROTECT, related_name="receipt", verbose_name=_("version"))
    payload = models.JSONField(_("content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    issued_at = models.DateTimeField(_("issued"))

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [models.CheckConstraint(condition=~Q(sha256=""), name="challenges_receipt_has_hash")]

    def __str__(self) -> str:
        return f"{self.public_id}"


class SubmissionAccess(models.Model):
    """Somebody outside the team opened something of a submission; the team sees this log."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="accesses", verbose_name=_("submission"))
    version = models.ForeignKey(
        SubmissionVersion, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("version")
    )
    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    what = models.CharField(_("what"), max_length=10, choices=Accessed)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("accesses")
        ordering = ["-at", "-pk"]
        constraints = [known(Accessed, "challenges_access_what", field="what")]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.at:%Y-%m-%d %H:%M}"
