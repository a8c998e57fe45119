"""Once is once: a request that carries a key has its effect a single time, and is answered alike each time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import orjson
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from portal.kernel.errors import Refused

from .models import KeptAnswer

LONGEST = 80

Still = Callable[[Any], object]


class KeyUsed(Refused):
    """The key was used for another request."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("This Idempotency-Key was used for another request."), code="key_used")


def once(request: Request, answer: Callable[[], Response], still: Still) -> Response:
    """The response of ``answer``; with an ``Idempotency-Key``, the one that was given the first time.

    ``still(body)`` raises ``Missing`` once the asker may no longer see what the kept body tells of. The key is kept in
    the transaction of the deed itself, so a request that failed leaves it unused. Of two at the same moment the second
    waits for the first.
    """
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        return answer()
    if len(key) > LONGEST or not key.isprintable():
        raise Refused(_("An Idempotency-Key has at most 80 printable characters."), code="bad_key")
    alike = _fingerprints(request)
    known = _known(request.user, key, alike, still)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            KeptAnswer.objects.over().filter(user=request.user, key=key).delete()
            kept = KeptAnswer.objects.create(user=request.user, key=key, request_hash=alike[0])
            given = answer()
            kept.status, kept.body = given.status_code, orjson.loads(JSONRenderer().render(given.data) or b"null")
            kept.save(update_fields=["status", "body"])
    except IntegrityError:
        known = _known(request.user, key, alike, still)
        if known is None:
            raise
        return known
    return given


def _known(user: Any, key: str, alike: tuple[str, ...], still: Still) -> Response | None:
    kept = KeptAnswer.objects.lasting().filter(user=user, key=key).first()
    if kept is None:
        return None
    if kept.request_hash not in alike:
        raise KeyUsed
    still(kept.body)
    return Response(kept.body, status=kept.status, headers={"Idempotency-Replayed": "true"})


def _fingerprints(request: Request) -> tuple[str, ...]:
    """Hashes of what is asked, first that in the office in which it is asked now.

    What was told to the platform master is not told again to a token without the office; the other way round it is.
    """
    asked = _fingerprint(request)
    in_office = hashlib.sha256(f"{asked} in office".encode()).hexdigest()
    return (in_office, asked) if request.user.is_platform_master else (asked,)


def _fingerprint(request: Request) -> str:
    """A hash of the method, the address and the body, files by their content."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if not request.FILES:
        digest.update(json.dumps(request.data, sort_keys=True, default=str).encode())
        return digest.hexdigest()
    for name, upload in sorted(request.FILES.items()):
        digest.update(f"{name} {upload.name}\n".encode())
        for chunk in upload.chunks():
            digest.update(chunk)
        upload.seek(0)
    return digest.hexdigest()
