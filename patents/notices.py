"""What people learn of licences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .enums import RequestState
from .models import LicenceRequest

_NEWS = {
    RequestState.UNDER_REVIEW: gettext_lazy("Your request is being looked at."),
    RequestState.TERM_SHEET: gettext_lazy("Terms have been proposed to you. Agree, answer with your own, or decline."),
    RequestState.COUNTERED: gettext_lazy("A counter-proposal has been made to your terms."),
    RequestState.AGREED: gettext_lazy("You have come to terms."),
    RequestState.DECLINED: gettext_lazy("The request has been declined. The reason is on its page."),
}


@dataclass(frozen=True)
class LicenceRequested:
    """Somebody asks for a licence on your offer."""

    category: ClassVar[str] = "licensing"
    kind: ClassVar[str] = "licence_request"

    key: str
    number: str
    asker: str
    path: str

    @classmethod
    def of(cls, request: LicenceRequest) -> LicenceRequested:
        asker = str(request.organisation or request.requester)
        return cls(request.public_id, request.offer.patent.number, asker, request.get_absolute_url())

    def subject(self) -> str:
        return _("%(asker)s asks for a licence on %(number)s") % {"asker": self.asker, "number": self.number}

    def body(self) -> str:
        return _("Read what it is for, and answer.")

    def url(self) -> str:
        return self.path


@dataclass(frozen=True)
class LicenceRequestMoved:
    """The other side of a licence request has done something; ``state`` is where it now stands."""

    category: ClassVar[str] = "licensing"
    kind: ClassVar[str] = "licence_request"

    key: str
    number: str
    state: str
    path: str

    @classmethod
    def of(cls, request: LicenceRequest) -> LicenceRequestMoved:
        return cls(request.public_id, request.offer.patent.number, request.state, request.get_absolute_url())

    def subject(self) -> str:
        state = RequestState(self.state).label
        return _("Licence request on %(number)s: %(state)s") % {"number": self.number, "state": state}

    def body(self) -> str:
        return str(_NEWS[RequestState(self.state)])

    def url(self) -> str:
        return self.path
