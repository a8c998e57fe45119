"""Who takes part in a challenge: registrations, and the teams they form."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Organisation
from portal.kernel.models import PublicIdField, Timestamped

from ..enums import RegistrationState
from ..querysets import RegistrationQuerySet, TeamQuerySet
from .challenge import Challenge
from .constraints import known


class Registration(Timestamped):
    """A person enters a challenge, for themselves or for an organisation."""

    public_id = PublicIdField()
    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="registrations", verbose_name=_("challenge"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="registrations", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for the organisation")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=RegistrationState, default=RegistrationState.REQUESTED, editable=False
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            known(RegistrationState, "challenges_registration_state"),
            models.UniqueConstraint(fields=["challenge", "user"], name="challenges_registration_once"),
        ]

    def __str__(self) -> str:
        return f"{self.challenge} · {self.get_state_display()}"


class ChallengeInvitation(models.Model):
    """The seeker asks somebody to look at a challenge: a person, or an organisation by its owners. Binds nobody."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="invitations", verbose_name=_("challenge"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("invited"), auto_now_add=True)

    class Meta:
        verbose_name = _("invitation to a challenge")
        verbose_name_plural = _("invitations to challenges")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(organisation__isnull=True), name="challenges_invitation_whom"
            ),
            models.UniqueConstraint(fields=["challenge", "user"], name="challenges_invitation_person_once"),
            models.UniqueConstraint(fields=["challenge", "organisation"], name="challenges_invitation_body_once"),
        ]

    def __str__(self) -> str:
        return f"{self.challenge} · {self.invited}"

    @property
    def invited(self) -> Any:
        """Who is: the person or the organisation."""
        return self.user or self.organisation


class Team(Timestamped):
    """The people behind one submission; a person belongs to at most one team of a challenge."""

    public_id = PublicIdField()
    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="teams", verbose_name=_("challenge"))
    name = models.CharField(_("name"), max_length=120)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("lead"))
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="TeamMembership", related_name="teams")

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self) -> str:
        return self.name


class TeamMembership(models.Model):
    """A person in a team; ``challenge`` repeats the team's, so that the database keeps them to one."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships", verbose_name=_("team"))
    challenge = models.ForeignKey(
        Challenge, models.CASCADE, related_name="+", verbose_name=_("challenge"), editable=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="team_memberships", verbose_name=_("person")
    )
    share = models.DecimalField(_("share of contribution, %"), max_digits=5, decimal_places=2, default=100)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        constraints = [
            models.UniqueConstraint(fields=["challenge", "user"], name="challenges_one_team_per_person"),
            models.CheckConstraint(condition=Q(share__range=(0, 100)), name="challenges_team_share"),
        ]

    def __str__(self) -> str:
        return f"{self.team} · {self.user}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the row, under the challenge of its team."""
        self.challenge_id = self.team.challenge_id
        super().save(*args, **kwargs)
