"""What people do with their own accounts, and the first one's beginning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.kernel import audit
from portal.kernel.access import fetch_locked
from portal.kernel.errors import Refused
from portal.kernel.text import render_markdown

from .. import signals
from ..models import FirstPerson, Invitation, Membership, Profile, Skill, User
from ..rules import can_edit_person

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

ERASED_DOMAIN = "erased.invalid"
MOST_SKILLS = 20
OF_USER = frozenset({"display_name", "preferred_language", "time_zone"})
OF_PROFILE = frozenset({"headline", "bio", "languages", "country", "is_public"})


def appoint_first_person(*, email: str, password: str, display_name: str) -> User:
    """Make the platform master of an empty portal. ``Refused`` as soon as there is anybody.

    Of two visitors at the same moment one wins: a row that can exist once decides it.
    """
    with transaction.atomic():
        _row, first = FirstPerson.objects.get_or_create(pk=FirstPerson.ONLY)
        if not first or User.objects.exists():
            raise Refused(_("This portal has its platform master already."), code="not_first")
        user = User.objects.create_superuser(email, password, display_name=display_name)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        audit.record("person.appoint_first", user, actor=user)
    return user


def edit_person(user: User, *, actor: User, skills: Iterable[str] | None = None, **facts: Any) -> User:
    """Change what a person tells about themselves; ``skills`` are names, made when nobody had them yet.

    Raises ``Missing`` for anybody else's account, ``Refused`` for too many skills or too long a text.
    """
    unknown = facts.keys() - OF_USER - OF_PROFILE
    if unknown:
        raise TypeError(f"a person has no such fact to change: {', '.join(sorted(unknown))}")
    with transaction.atomic():
        kept = fetch_locked(User, actor, can_edit_person, pk=user.pk)
        profile, _made = Profile.objects.get_or_create(user=kept)
        for field, value in facts.items():
            setattr(kept if field in OF_USER else profile, field, value)
        profile.bio_html = render_markdown(profile.bio)
        kept.save()
        profile.save()
        if skills is not None:
            profile.skills.set(_skills(skills))
    return kept


def end_sessions(user: AbstractBaseUser, *, keep: str = "") -> None:
    """End every session of ``user``, sockets included, but the one whose key is ``keep``."""
    for session in UserSession.objects.filter(user_id=user.pk).exclude(session_key=keep):
        session.end()


def erase_person(user: User, *, actor: User) -> User:
    """Take away everything that tells who a person was; their row and ids stay, so that every record holds.

    Raises ``Missing`` for anybody else's account and ``Refused`` for the last owner of an organisation and for
    the only platform master. Others clear what they keep on ``person_erased``.
    """
    with transaction.atomic():
        kept = fetch_locked(User, actor, can_edit_person, pk=user.pk)
        _refuse_if_needed(kept)
        end_sessions(kept)
        addresses = _forget(kept)
        audit.record("person.erase", kept, actor=actor)
        signals.person_erased.send(sender=User, user=kept, addresses=addresses)
        signals.signed_out.send(sender=User, user=kept, session_key=None)
    return kept


def _forget(user: User) -> list[str]:
    """Remove the person's text; the addresses they had, for whoever holds something under them."""
    addresses = [user.email, *user.emailaddress_set.exclude(email=user.email).values_list("email", flat=True)]
    Invitation.objects.filter(email__in=addresses).delete()
    for membership in user.memberships.select_related("organisation"):
        membership.delete()
        signals.membership_removed.send(sender=Membership, user=user, organisation=membership.organisation, actor=user)
    user.forget_roles()
    user.emailaddress_set.all().delete()
    Authenticator.objects.filter(user=user).delete()
    Profile.objects.filter(user=user).delete()
    user.groups.clear()
    user.email, user.display_name = f"erased-{user.pk}@{ERASED_DOMAIN}", ""
    user.is_active = user.is_staff = user.is_platform_master = user.is_superuser = False
    user.preferred_language, user.time_zone = "en", "UTC"
    user.last_login, user.erased_at = None, timezone.now()
    user.set_unusable_password()
    user.save()
    return addresses


def _refuse_if_needed(user: User) -> None:
    for membership in user.memberships.owners().select_related("organisation"):
        if not membership.organisation.memberships.owners().exclude(user=user).exists():
            message = _("You are the only owner of %(organisation)s: make somebody else one first.")
            raise Refused(message % {"organisation": membership.organisation}, code="last_owner")
    others = User.objects.present().filter(is_platform_master=True).exclude(pk=user.pk)
    if user.is_platform_master and not others.exists():
        raise Refused(_("A portal keeps a platform master: appoint another one first."), code="last_master")


def _skills(names: Iterable[str]) -> list[Skill]:
    """The skills of these names, whatever their capitals."""
    wanted = list(dict.fromkeys(" ".join(name.split())[:80] for name in names if name.strip()))
    if len(wanted) > MOST_SKILLS:
        raise Refused(_("Twenty skills are enough to be found by."), code="too_many", field="skills")
    return [_skill(name) for name in wanted]


def _skill(name: str) -> Skill:
    known = Skill.objects.filter(name__iexact=name).first()
    slug = slugify(name, allow_unicode=True) or audit.digest(name)[:12]
    return known or Skill.objects.get_or_create(slug=slug[:80], defaults={"name": name})[0]
