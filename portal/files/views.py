"""The only door through which private bytes leave."""

import logging

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from portal.kernel.access import fetch
from portal.kernel.errors import Missing

from . import registry

logger = logging.getLogger(__name__)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
def download(request: HttpRequest, kind: str, public_id: str) -> FileResponse:
    """The file as an attachment, for those whom its kind's rule admits; else as if it were absent.

    No ETag and no Last-Modified: a validator would tell a stranger whether a file is known here.
    """
    served = registry.get(kind)
    file = fetch(served.model, request.user, served.rule, public_id=public_id)
    if served.opened and request.method == "GET":
        served.opened(request, file)
    try:
        handle = file.file.open("rb")
    except FileNotFoundError:
        logger.error("bytes of %s are gone from the private storage", file)
        raise Missing from None
    return FileResponse(
        handle,
        as_attachment=True,
        filename=file.name,
        content_type=file.content_type,
        headers=HEADERS,
    )
