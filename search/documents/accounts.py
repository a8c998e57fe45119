"""How people and organisations are found."""

from typing import Any

from django.db.models import QuerySet

from portal.accounts.models import Organisation, User
from search.documents import tokens
from search.documents.base import EVERYBODY, Audience, PortalDocument
from search.documents.fields import facet


class OrganisationDocument(PortalDocument):
    """An organisation: public once verified, before that its members' and the platform master's."""

    KIND = "organisation"

    state = facet()
    organisation_kind = facet()
    industry = facet()
    country = facet()

    @staticmethod
    def rows() -> QuerySet[Organisation]:
        return Organisation.objects.select_related("parent")

    @staticmethod
    def audience(obj: Organisation) -> Audience:
        if obj.is_verified:
            return EVERYBODY
        return Audience(frozenset({tokens.MASTER, tokens.members(obj.pk)}))

    @staticmethod
    def prepare_title(obj: Organisation) -> str:
        return obj.name

    @staticmethod
    def prepare_summary(obj: Organisation) -> str:
        return obj.summary

    @staticmethod
    def prepare_organisation_kind(obj: Organisation) -> str:
        return obj.kind

    @staticmethod
    def prepare_country(obj: Organisation) -> str:
        return str(obj.country)


class PersonDocument(PortalDocument):
    """A person: public by their own choice, else for themselves, their colleagues and the platform master."""

    KIND = "person"

    country = facet()
    skill = facet()
    language = facet()

    @staticmethod
    def rows() -> QuerySet[User]:
        return User.objects.present().select_related("profile").prefetch_related("profile__skills", "memberships")

    @staticmethod
    def audience(obj: User) -> Audience:
        profile = _profile(obj)
        if profile is not None and profile.is_public:
            return EVERYBODY
        colleagues = {tokens.members(membership.organisation_id) for membership in obj.memberships.all()}
        return Audience(frozenset({tokens.MASTER, tokens.person(obj.pk)} | colleagues))

    @staticmethod
    def prepare_title(obj: User) -> str:
        return obj.display_name

    @staticmethod
    def prepare_summary(obj: User) -> str:
        return getattr(_profile(obj), "headline", "")

    @staticmethod
    def prepare_body(obj: User) -> str:
        return getattr(_profile(obj), "bio", "")

    @staticmethod
    def prepare_context(obj: User) -> str:
        return ", ".join(PersonDocument.prepare_skill(obj))

    @staticmethod
    def prepare_country(obj: User) -> str:
        return str(getattr(_profile(obj), "country", ""))

    @staticmethod
    def prepare_skill(obj: User) -> list[str]:
        profile = _profile(obj)
        return [skill.name for skill in profile.skills.all()] if profile else []

    @staticmethod
    def prepare_language(obj: User) -> list[str]:
        return list(getattr(_profile(obj), "languages", []))

    @staticmethod
    def prepare_updated_at(obj: User) -> Any:
        return getattr(_profile(obj), "updated_at", obj.date_joined)


def _profile(user: User) -> Any:
    """The profile, or nothing for somebody who has none yet."""
    return getattr(user, "profile", None)
