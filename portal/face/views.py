"""What is shown when something went wrong; and the page of all components."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

RETRY_SECONDS = "5"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request makes no sense."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the sign-in does not suffice. Objects never answer this; for them there is only “missing”."""
    return render(request, "403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is stale or came from elsewhere; the answer says how to go on."""
    return render(request, "403_csrf.html", status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: absent and forbidden alike."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away; rendered without request, database or context: any may be what broke."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(get_template("face/away.html").render(), status=503, headers={"Retry-After": RETRY_SECONDS})
    return HttpResponse(get_template("500.html").render(), status=500)
