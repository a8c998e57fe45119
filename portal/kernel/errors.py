"""Errors that become messages. Whoever raises one of these has written nothing."""

from __future__ import annotations

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Missing(Http404):
    """The one "no": the object is absent, or this person may not do this with it. Nobody can tell which."""


class Refused(Exception):
    """The request was understood and is turned down, with a reason that a person can act on.

    ``code`` is stable and for programs; ``field`` names the form field at fault, where there is one.
    """

    status = 400

    def __init__(self, message: str | Promise, *, code: str = "refused", field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class WrongState(Refused):
    """The object is no longer in a state from which this can be done; ``state`` is the one it is in."""

    status = 409

    def __init__(self, state: str, label: str | Promise, message: str | Promise | None = None) -> None:
        text = message or _("This can no longer be done: it is now “%(state)s”.") % {"state": label}
        super().__init__(text, code="wrong_state")
        self.state = state


class Conflict(Refused):
    """Somebody else changed the object since this person read it."""

    status = 409

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message, code="conflict")


class TooLarge(Refused):
    """More bytes than the portal takes in one go."""

    status = 413

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message, code="too_large")
