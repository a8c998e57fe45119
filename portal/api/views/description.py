"""The API's description of itself, and the answer at addresses where there is nothing."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from django.http import HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from portal.kernel.errors import Missing

from ..base import ApiView


@cache
def described() -> tuple[bytes, str]:
    """The description as it is sent, and its tag: made once, for it stays the same while the process runs."""
    with translation.override("en"):
        text = OpenApiJsonRenderer().render(SchemaGenerator().get_schema(public=True))
    return text, f'"{sha256(text).hexdigest()[:32]}"'


@extend_schema(exclude=True)
class DescriptionView(APIView):
    """``openapi.json``, the same for everybody."""

    authentication_classes: list[type] = []
    permission_classes: list[type] = []
    renderer_classes = [OpenApiJsonRenderer, OpenApiJsonRenderer2]

    def get(self, request: Request) -> HttpResponse:
        """Not sent again to who has it."""
        text, tag = described()
        headers = {"ETag": tag, "Cache-Control": "public, no-cache"}
        answer = HttpResponse(text, content_type=request.accepted_media_type, headers=headers)
        return get_conditional_response(request._request, etag=tag, response=answer) or answer


@extend_schema(exclude=True)
class NothingView(ApiView):
    """Every other address."""

    authentication_classes: list[type] = []

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Say that there is nothing, whatever the method and whoever asks; the question counts."""
        self.perform_authentication(request)
        raise Missing
