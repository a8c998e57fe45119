"""Requests as views behind ``login_required`` get them."""

from __future__ import annotations

from django.http import HttpRequest

from .models import User


class SignedInRequest(HttpRequest):
    """A request of somebody signed in. Only for annotations: ``login_required`` is what makes it true."""

    user: User
