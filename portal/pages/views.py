"""The door of the CMS."""

from __future__ import annotations

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from portal.kernel.errors import Missing


@never_cache
def enter_cms(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends whoever may not enter: visitors sign in by the portal, for others there is no CMS."""
    if request.user.is_authenticated:
        raise Missing
    return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("wagtailadmin_home"))
