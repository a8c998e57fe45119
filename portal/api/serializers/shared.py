"""Shapes that many answers share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from djmoney.money import Money
from drf_spectacular.utils import OpenApiTypes, extend_schema_field
from rest_framework import serializers


class MoneySerializer(serializers.Serializer):
    """``{"amount": "1000.00", "currency": "EUR"}``."""

    amount = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=Decimal(0))
    currency = serializers.ChoiceField(choices=settings.CURRENCIES)

    def to_representation(self, instance: Money) -> dict[str, str]:
        return {"amount": f"{instance.amount:.2f}", "currency": str(instance.currency)}

    def to_internal_value(self, data: Any) -> Money:
        checked = super().to_internal_value(data)
        return Money(checked["amount"], checked["currency"])


class OrganisationRefSerializer(serializers.Serializer):
    """An organisation, by its slug."""

    slug = serializers.CharField()
    name = serializers.CharField()


class PersonRefSerializer(serializers.Serializer):
    """A person, by their public id."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField(source="__str__")


class TransitionSerializer(serializers.Serializer):
    """A move along a workflow, by the transition's name; ``reason`` where the transition asks for one."""

    name = serializers.CharField(max_length=40)
    reason = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")


@extend_schema_field(OpenApiTypes.URI)
class AddressField(serializers.Field):
    """The whole address of the object's page."""

    def __init__(self, **named: Any) -> None:
        super().__init__(source="*", read_only=True, **named)

    def to_representation(self, value: Any) -> str:
        return f"{settings.PORTAL_URL}{value.get_absolute_url()}"


def page_of(item: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The shape of a page of ``item``."""
    fields = {
        "items": item(many=True),
        "next": serializers.CharField(allow_null=True),
        "count": serializers.IntegerField(allow_null=True),
        "__doc__": f"A page: {(item.__doc__ or '').strip()}",
    }
    return type(f"PageOf{item.__name__.removesuffix('Serializer')}Serializer", (serializers.Serializer,), fields)
