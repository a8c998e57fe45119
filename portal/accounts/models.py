"""People, their profiles, and the organisations they act for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from portal.kernel.models import PublicIdField, Timestamped

from .enums import Industry, InvitationAnswer, Language, MembershipRole, OrganisationKind, OrganisationState
from .managers import UserManager
from .querysets import InvitationQuerySet, MembershipQuerySet, OrganisationQuerySet

if TYPE_CHECKING:
    from allauth.account.models import EmailAddress
    from allauth.usersessions.models import UserSession
    from django.db.models.fields.related_descriptors import RelatedManager


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # Wagtail has no types
    """A person. Erasing one keeps the row and its ids, and takes everything that tells who it was."""

    public_id = PublicIdField()
    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(_("name"), max_length=120)
    preferred_language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.ENGLISH)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("editor"), default=False)
    is_platform_master = models.BooleanField(_("platform master"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    objects = UserManager()

    emailaddress_set: RelatedManager[EmailAddress]
    usersession_set: RelatedManager[UserSession]

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="accounts_user_email_lower"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(is_active=False), name="accounts_user_erased_inactive"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or str(_("Someone who left"))

    def clean(self) -> None:
        """Addresses are kept in lower case, which makes them unique however they are typed."""
        super().clean()
        self.email = self.email.strip().lower()

    def get_absolute_url(self) -> str:
        return reverse("accounts:person-detail", args=[self.public_id])

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    @cached_property
    def roles_by_organisation(self) -> dict[int, str]:
        """Organisation id → role held there; one query, kept until ``forget_roles``."""
        return dict(self.memberships.values_list("organisation_id", "role"))

    @property
    def organisation_ids(self) -> frozenset[int]:
        """Ids of the organisations this person belongs to, whatever their state."""
        return frozenset(self.roles_by_organisation)

    @property
    def owned_organisation_ids(self) -> frozenset[int]:
        """Ids of the organisations this person is an owner of, whatever their state."""
        return frozenset(key for key, role in self.roles_by_organisation.items() if role == MembershipRole.OWNER)

    @cached_property
    def has_verified_email(self) -> bool:
        """Whether the person has shown that an address is theirs."""
        return self.emailaddress_set.filter(verified=True).exists()

    def forget_roles(self) -> None:
        """Read the memberships afresh the next time they are asked for."""
        self.__dict__.pop("roles_by_organisation", None)


class Skill(models.Model):
    """Something people can do; the shared vocabulary of profiles."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Profile(Timestamped):
    """What a person tells about themselves; seen by everyone only when they say so."""

    user = models.OneToOneField(User, models.CASCADE, related_name="profile", verbose_name=_("person"))
    headline = models.CharField(_("headline"), max_length=160, blank=True)
    bio = models.TextField(_("about"), blank=True)
    bio_html = models.TextField(blank=True, editable=False)
    skills = models.ManyToManyField(Skill, blank=True, related_name="profiles", verbose_name=_("skills"))
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    country = CountryField(_("country"), blank=True)
    is_public = models.BooleanField(_("show my profile to everyone"), default=False)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return str(self.user)


class Organisation(Timestamped):
    """A body that acts on the portal: it asks, answers, owns, supplies or invests."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind, default=OrganisationKind.COMPANY)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    country = CountryField(_("country"), blank=True)
    industry = models.CharField(_("industry"), max_length=1, choices=Industry, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=OrganisationState, default=OrganisationState.PENDING, db_index=True
    )
    state_reason = models.TextField(_("reason of the last decision"), max_length=1000, blank=True, editable=False)
    summary = models.TextField(_("summary"), max_length=2000, blank=True)
    website = models.URLField(_("website"), blank=True)
    ror_id = models.CharField(
        _("ROR id"),
        max_length=9,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"^0[a-z0-9]{8}$", _("A ROR id has nine characters, such as 03yrm5c26."))],
    )
    founded_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="founded", verbose_name=_("founded by")
    )
    members = models.ManyToManyField(User, through="Membership", related_name="organisations")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=OrganisationKind.MICROENTERPRISE) | Q(parent__isnull=False),
                name="accounts_organisation_micro_has_parent",
                violation_error_message=_("A microenterprise is part of another organisation: name it."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="accounts_organisation_not_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:organisation-detail", args=[self.slug])

    @property
    def is_verified(self) -> bool:
        """Whether the platform master vouches for it at present."""
        return self.state == OrganisationState.VERIFIED


class Membership(Timestamped):
    """A person's position in an organisation."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=10, choices=MembershipRole, default=MembershipRole.MEMBER)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="accounts_membership_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"


class Invitation(models.Model):
    """An organisation's wish to have somebody in it, whether or not the portal knows the address.

    It is kept and shown alike in both cases, so that inviting teaches nobody who has an account.
    """

    public_id = PublicIdField()
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=MembershipRole, default=MembershipRole.MEMBER)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    answer = models.CharField(max_length=10, choices=InvitationAnswer, blank=True)
    created_at = models.DateTimeField(_("invited"), auto_now_add=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="accounts_invitation_email_lower"),
            models.UniqueConstraint(
                fields=["organisation", "email"], condition=Q(answer=""), name="accounts_invitation_one_open"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        return reverse("accounts:invitation-answer", args=[self.public_id])


class FirstPerson(models.Model):
    """The place of an empty portal's first visitor. It exists once, so of two at a time one takes it."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="accounts_firstperson_once")]

    def __str__(self) -> str:
        return "first person"
