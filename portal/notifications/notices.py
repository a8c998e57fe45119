"""What people are told about their organisations.

It stands here because accounts lies below: it says by signal what happened and knows nobody who would tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from portal.accounts.models import Invitation, Organisation

CATEGORY = "organisations"


@dataclass(frozen=True)
class _AboutOrganisation:
    """Common to what concerns one organisation."""

    organisation: Organisation
    category: str = CATEGORY
    kind: str = "organisation"

    @property
    def key(self) -> str:
        return self.organisation.slug

    def body(self) -> str:
        return ""

    def url(self) -> str:
        return self.organisation.get_absolute_url()


class OrganisationFounded(_AboutOrganisation):
    """To the platform master: an organisation waits for verification."""

    def subject(self) -> str:
        return _("%(organisation)s waits for verification") % {"organisation": self.organisation}


class OrganisationDecided(_AboutOrganisation):
    """To the owners: what the platform master decided, and why."""

    def subject(self) -> str:
        state = self.organisation.get_state_display()
        return _("%(organisation)s is now: %(state)s") % {"organisation": self.organisation, "state": state}

    def body(self) -> str:
        return self.organisation.state_reason


@dataclass(frozen=True)
class MembershipEnded(_AboutOrganisation):
    """To somebody who is no longer a member, and may see nothing of it any more but that."""

    kind: str = ""

    @property
    def key(self) -> str:
        return ""

    def url(self) -> str:
        return reverse("accounts:organisation-list")

    def subject(self) -> str:
        return _("You are no longer a member of %(organisation)s") % {"organisation": self.organisation}


@dataclass(frozen=True)
class InvitationReceived:
    """To somebody whom an organisation wants in it."""

    invitation: Invitation
    category: str = CATEGORY
    kind: str = "invitation"

    @property
    def key(self) -> str:
        return self.invitation.public_id

    def subject(self) -> str:
        return _("%(organisation)s invites you to join") % {"organisation": self.invitation.organisation}

    def body(self) -> str:
        return _("Say yes or no on the invitation's page.")

    def url(self) -> str:
        return self.invitation.get_absolute_url()
