"""Refusals that belong to a form go back onto it."""

from __future__ import annotations

from django.forms import Form

from portal.kernel.errors import Refused


def put_on(form: Form, refusal: Refused) -> None:
    """Show ``refusal`` on the field it names, else above the form."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal))
