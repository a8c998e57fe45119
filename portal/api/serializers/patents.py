"""Patents, offers and licence requests as programs read and write them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from patents.enums import LicenceModel

from .shared import AddressField, MoneySerializer, OrganisationRefSerializer, PersonRefSerializer


class PatentItemSerializer(serializers.Serializer):
    """A patent in a list."""

    number = serializers.CharField()
    title = serializers.CharField()
    country = serializers.CharField()
    kind_code = serializers.CharField()
    language = serializers.CharField()
    legal_status = serializers.CharField()
    publication_date = serializers.DateField(allow_null=True)
    owner = OrganisationRefSerializer(allow_null=True)
    parties = serializers.ListField(child=serializers.CharField(), source="shown_parties")
    url = AddressField()


class OfferSerializer(serializers.Serializer):
    """A licence offer. ``terms`` are null for whoever has not promised to keep them to themselves."""

    id = serializers.CharField(source="public_id")
    patent = serializers.CharField(source="patent.number")
    state = serializers.CharField()
    model = serializers.CharField()
    headline = serializers.CharField()
    field_of_use = serializers.CharField()
    territory = serializers.CharField()
    price = MoneySerializer(allow_null=True)
    terms = serializers.CharField(allow_null=True, source="shown_terms")
    listed_at = serializers.DateTimeField(allow_null=True)
    url = AddressField()


class PatentSerializer(PatentItemSerializer):
    """A patent in full."""

    abstract = serializers.CharField()
    claims = serializers.ListField(child=serializers.CharField())
    application_number = serializers.CharField()
    priority_date = serializers.DateField(allow_null=True)
    filing_date = serializers.DateField(allow_null=True)
    grant_date = serializers.DateField(allow_null=True)
    expiry_date = serializers.DateField(allow_null=True)
    status_source = serializers.CharField()
    status_date = serializers.DateField(allow_null=True)
    classes = serializers.ListField(child=serializers.CharField(), source="shown_classes")
    citations = serializers.ListField(child=serializers.CharField(), source="shown_citations")
    offers = OfferSerializer(many=True, source="shown_offers")
    source = serializers.CharField()


class OfferWriteSerializer(serializers.Serializer):
    """A new offer on a patent that the asker holds."""

    patent = serializers.CharField(max_length=40)
    model = serializers.ChoiceField(choices=LicenceModel.choices)
    headline = serializers.CharField(max_length=200)
    field_of_use = serializers.CharField(max_length=300, allow_blank=True, default="")
    territory = serializers.CharField(max_length=300, allow_blank=True, default="")
    terms = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    price = MoneySerializer(allow_null=True, default=None)
    list = serializers.BooleanField(default=False, help_text=_("Put it on the table at once."))


class RequestWriteSerializer(serializers.Serializer):
    """A request for a licence; ``organisation`` for whom, if for any."""

    purpose = serializers.CharField(max_length=4000)
    organisation = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")


class ProposalSerializer(serializers.Serializer):
    """Terms laid on the table by one side."""

    sequence = serializers.IntegerField()
    side = serializers.CharField()
    text = serializers.CharField()
    price = MoneySerializer(allow_null=True)
    royalty_percent = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)
    created_at = serializers.DateTimeField()


class RequestSerializer(serializers.Serializer):
    """A licence request, for its two sides."""

    id = serializers.CharField(source="public_id")
    offer = serializers.CharField(source="offer.public_id")
    state = serializers.CharField()
    requester = PersonRefSerializer()
    purpose = serializers.CharField()
    answer = serializers.CharField()
    proposals = ProposalSerializer(many=True)
    url = AddressField()


class RequestTransitionSerializer(serializers.Serializer):
    """A move: ``propose`` and ``counter`` bring terms along, ``agree`` names the proposal that was read."""

    name = serializers.CharField(max_length=40)
    reason = serializers.CharField(max_length=4000, allow_blank=True, default="")
    text = serializers.CharField(max_length=10_000, allow_blank=True, default="")
    price = MoneySerializer(allow_null=True, default=None)
    royalty_percent = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=0, max_value=100, allow_null=True, default=None
    )
    proposal = serializers.IntegerField(min_value=0, max_value=100_000, default=0)
