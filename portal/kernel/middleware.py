"""Refusals become pages, and what is one person's is kept out of every cache."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from .errors import Missing, Refused

Answer = Callable[[HttpRequest], HttpResponse]


class refusals:  # noqa: N801 - reads as a function in MIDDLEWARE
    """Turns a ``Refused`` that no view caught into a message: a toast for htmx, a page otherwise."""

    sync_capable = True
    async_capable = False

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        if getattr(request, "htmx", False):
            messages.error(request, str(error))
            return render(request, "face/_toasts.html", {"refused": error}, status=error.status)
        return render(request, "refused.html", {"refused": error}, status=error.status)


class no_nul:  # noqa: N801
    """Keeps the character NUL, which PostgreSQL takes in no text, out of addresses: a path with it leads nowhere."""

    sync_capable = True
    async_capable = False

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise Missing
        if "%00" in request.META.get("QUERY_STRING", ""):
            words = request.META["QUERY_STRING"].replace("%00", "")
            request.GET = QueryDict(words)
        return self.answer(request)


class private_pages:  # noqa: N801
    """Pages made for somebody signed in are stored nowhere on the way."""

    sync_capable = True
    async_capable = False

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response
