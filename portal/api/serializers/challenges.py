"""Challenges as programs read and write them."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _
from django_countries import countries
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from challenges.content import ChallengeContent, PhaseContent, RequirementContent, RewardContent, TermsContent
from challenges.enums import BlindLevel, ChallengeKind, Priority, TechnologyField, TermsModel
from challenges.models import Challenge
from challenges.queries.inviting import INVITED_KINDS
from portal.accounts.enums import Industry, Language
from portal.kernel.text import MOST_CHARACTERS

from .shared import AddressField, MoneySerializer, OrganisationRefSerializer


class ChallengeItemSerializer(serializers.Serializer):
    """A challenge in a list. ``room`` is the id of its public room, null while it has none."""

    slug = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField()
    kind = serializers.CharField()
    url = AddressField()
    room = serializers.SerializerMethodField()
    summary = serializers.CharField()
    organisation = OrganisationRefSerializer()
    industry = serializers.CharField()
    technology_field = serializers.CharField()
    language = serializers.CharField()
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField()

    def get_room(self, challenge: Challenge) -> str | None:
        """The id of the public room."""
        rooms: dict[int, str] = self.context.get("rooms", {})
        return rooms.get(challenge.pk)


class RequirementSerializer(serializers.Serializer):
    """What a solution must or should do."""

    text = serializers.CharField(max_length=500)
    priority = serializers.ChoiceField(choices=Priority.choices, default=Priority.MUST)


class RewardSerializer(serializers.Serializer):
    """What one rank is given; the first of the list is the first rank."""

    title = serializers.CharField(max_length=120)
    amount = MoneySerializer(required=False, allow_null=True, default=None)
    non_monetary = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["amount"] is None and not attrs["non_monetary"]:
            raise serializers.ValidationError(_("Give an amount, or say what is given besides money."))
        return attrs


class PhaseSerializer(serializers.Serializer):
    """A phase; the last one closes with the challenge."""

    name = serializers.CharField(max_length=120)
    asks_for = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
    closes_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    blind_level = serializers.ChoiceField(choices=BlindLevel.choices, default=BlindLevel.SINGLE)


class PhaseShownSerializer(PhaseSerializer):
    """A phase and how it stands."""

    position = serializers.IntegerField()
    state = serializers.CharField()
    opens_at = serializers.DateTimeField()


class TermsSerializer(serializers.Serializer):
    """The deal."""

    model = serializers.ChoiceField(choices=TermsModel.choices, default=TermsModel.NON_EXCLUSIVE)
    background_ip = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    field_of_use = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    territory = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    payment = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
    extra = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")


class TermsShownSerializer(TermsSerializer):
    """The deal as it stands; ``sha256`` is what a solver accepts, empty until the terms are frozen."""

    version = serializers.IntegerField()
    sha256 = serializers.CharField()


class ChallengeSerializer(ChallengeItemSerializer):
    """A challenge in full, without its confidential part. ``revision`` goes back with a change."""

    problem = serializers.CharField()
    trl_sought = serializers.IntegerField(allow_null=True)
    keywords = serializers.ListField(child=serializers.CharField())
    eligible_countries = serializers.SerializerMethodField()
    vets_solvers = serializers.BooleanField()
    decision_due_at = serializers.DateTimeField()
    zone = serializers.CharField()
    revision = serializers.IntegerField()
    requirements = RequirementSerializer(many=True)
    rewards = RewardSerializer(many=True)
    phases = PhaseShownSerializer(many=True)
    terms = serializers.SerializerMethodField()

    def get_eligible_countries(self, challenge: Challenge) -> list[str]:
        """ISO 3166 codes; none: everywhere."""
        return [country.code for country in challenge.eligible_countries]  # type: ignore[attr-defined]

    @extend_schema_field(TermsShownSerializer(allow_null=True))
    def get_terms(self, challenge: Challenge) -> dict[str, Any] | None:
        """The current version."""
        current = self.context.get("terms")
        return dict(TermsShownSerializer(current).data) if current else None


class ChallengeWriteSerializer(serializers.Serializer):
    """What a seeker writes. What stands here and nothing else can be set."""

    title = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=ChallengeKind.choices)
    summary = serializers.CharField(max_length=600)
    problem = serializers.CharField(max_length=MOST_CHARACTERS)
    confidential_part = serializers.CharField(max_length=MOST_CHARACTERS, allow_blank=True, default="")
    industry = serializers.ChoiceField(choices=Industry.choices, allow_blank=True, default="")
    technology_field = serializers.ChoiceField(choices=TechnologyField.choices, allow_blank=True, default="")
    trl_sought = serializers.IntegerField(min_value=1, max_value=9, allow_null=True, default=None)
    language = serializers.ChoiceField(choices=Language.choices, default="en")
    eligible_countries = serializers.ListField(
        child=serializers.ChoiceField(choices=list(countries)), max_length=250, default=list
    )
    keywords = serializers.ListField(child=serializers.CharField(max_length=60), max_length=12, default=list)
    vets_solvers = serializers.BooleanField(default=False)
    opens_at = serializers.DateTimeField(allow_null=True, default=None)
    closes_at = serializers.DateTimeField()
    decision_due_at = serializers.DateTimeField(allow_null=True, default=None)
    zone = serializers.CharField(max_length=64, default="UTC")
    requirements = RequirementSerializer(many=True, max_length=30, default=list)
    rewards = RewardSerializer(many=True, max_length=30, default=list)
    phases = PhaseSerializer(many=True, max_length=30, default=list)
    terms = TermsSerializer(default=dict)

    def validate_zone(self, value: str) -> str:
        """A name of the IANA database."""
        if value not in available_timezones():
            raise serializers.ValidationError(_("This is not the name of a time zone."))
        return value


class ChallengeCreateSerializer(ChallengeWriteSerializer):
    """A new challenge, in the name of an organisation."""

    organisation = serializers.CharField(max_length=80)


class ChallengeUpdateSerializer(ChallengeWriteSerializer):
    """What is to change; ``revision`` is the one the writer started from."""

    revision = serializers.IntegerField(min_value=0)

    def get_fields(self) -> dict[str, Any]:
        """Nothing but the revision has to be there, and what is not there stays as it was."""
        fields: dict[str, Any] = super().get_fields()
        for name, field in fields.items():
            if name != "revision":
                field.required, field.default = False, serializers.empty
        return fields


class RegistrationWriteSerializer(serializers.Serializer):
    """Entering: ``accept_terms`` is the SHA-256 of the terms as they stand; ``organisation`` for whom, if for any."""

    accept_terms = serializers.CharField(max_length=64, allow_blank=True)
    organisation = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")


class RegistrationSerializer(serializers.Serializer):
    """A solver's entry into a challenge."""

    id = serializers.CharField(source="public_id")
    state = serializers.CharField()


class InvitationWriteSerializer(serializers.Serializer):
    """Whom to invite: ``kind`` and ``key`` are those of a match, a person's id or an organisation's slug."""

    kind = serializers.ChoiceField(choices=INVITED_KINDS)
    key = serializers.CharField(max_length=80)


class InvitationSerializer(InvitationWriteSerializer):
    """An invitation; ``created_at`` is when it was first sent."""

    created_at = serializers.DateTimeField()


def content_of(given: dict[str, Any]) -> ChallengeContent:
    """What was sent and checked, as the actions take it."""
    plain = {name: value for name, value in given.items() if name not in ("organisation", "revision")}
    terms = {"model": TermsModel.NON_EXCLUSIVE} | plain["terms"]
    asked, phases = plain["requirements"], plain["phases"]
    rows = {
        "kind": ChallengeKind(plain["kind"]),
        "eligible_countries": tuple(plain["eligible_countries"]),
        "keywords": tuple(plain["keywords"]),
        "requirements": tuple(RequirementContent(row["text"], Priority(row["priority"])) for row in asked),
        "rewards": tuple(RewardContent(**row) for row in plain["rewards"]),
        "phases": tuple(PhaseContent(**row | {"blind_level": BlindLevel(row["blind_level"])}) for row in phases),
        "terms": TermsContent(**terms | {"model": TermsModel(terms["model"])}),
    }
    return ChallengeContent(**plain | rows)
