"""A second factor for those whose account opens more than their own things."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from .models import User

OPEN = ("/account/", "/static/", "/healthz", "/readyz", "/api/")
"""Where one gets to without: the API asks for it itself, in words that programs understand."""

Answer = Callable[[HttpRequest], HttpResponse]


class second_factor:  # noqa: N801 - reads as a function in MIDDLEWARE
    """Over https, platform masters, editors and owners of organisations set up a second factor before all else."""

    sync_capable = True
    async_capable = False

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(OPEN) and lacks_second_factor(request.user):
            messages.warning(request, _("Please set up a second factor first: your account opens more than your own."))
            return redirect("mfa_index")
        return self.answer(request)


def needs_second_factor(user: User) -> bool:
    """Whether the account of ``user`` opens more than their own things."""
    return user.is_platform_master or user.is_staff or bool(user.owned_organisation_ids)


def lacks_second_factor(user: object) -> bool:
    """Whether ``user`` must set up a second factor first: asked over https alone."""
    return settings.SECURE and isinstance(user, User) and needs_second_factor(user) and not is_mfa_enabled(user)
