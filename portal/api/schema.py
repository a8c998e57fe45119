"""How the API describes itself: what the generator cannot see in the code."""

from __future__ import annotations

from typing import Any, Literal

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers


class ProblemSerializer(serializers.Serializer):
    """An error (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))


class BearerScheme(OpenApiAuthenticationExtension):
    """Tokens."""

    target_class = "portal.api.authentication.BearerAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Up to 80 characters of your own: the same request with the same key is done once within a day.",
)
READ_PROBLEMS = ("400", "401", "403", "404", "429", "503")
WRITE_PROBLEMS = ("400", "401", "403", "404", "409", "413", "415", "422", "429", "503")


class PortalSchema(AutoSchema):
    """Adds to every operation the problems it may answer with, and to every write the key that makes it happen once."""

    def get_override_parameters(self) -> list[Any]:
        return [] if self.method == "GET" else [IDEMPOTENCY_KEY]

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status in READ_PROBLEMS if self.method == "GET" else WRITE_PROBLEMS:
            bodies.setdefault(status, self._problem())
        return bodies

    def _problem(self) -> dict[str, Any]:
        component = self.resolve_serializer(ProblemSerializer, "response")
        return {"description": "A problem", "content": {"application/problem+json": {"schema": component.ref}}}


def own_endpoints(endpoints: list[tuple[str, ...]], **_named: Any) -> list[tuple[str, ...]]:
    """Those of the public API: the CMS has some of its own, which are its own business."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]
