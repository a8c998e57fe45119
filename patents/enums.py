"""The words of this app that are stored: legal status, roles, schemes, licence models, states."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LegalStatus(TextChoices):
    """Whether the right is alive, as far as the named source knew on the named day."""

    PENDING = "pending", _("Pending")
    GRANTED = "granted", _("Granted")
    LAPSED = "lapsed", _("Lapsed")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN_OR_REFUSED = "withdrawn_or_refused", _("Withdrawn or refused")
    REVOKED = "revoked", _("Revoked")
    UNKNOWN = "unknown", _("Unknown")


DEAD_STATUSES = frozenset(
    {LegalStatus.LAPSED, LegalStatus.EXPIRED, LegalStatus.WITHDRAWN_OR_REFUSED, LegalStatus.REVOKED}
)
"""With one of these there is nothing left to license."""


class PartyRole(TextChoices):
    """In what capacity somebody is named on a patent."""

    APPLICANT = "applicant", _("Applicant")
    INVENTOR = "inventor", _("Inventor")
    OWNER = "owner", _("Owner on record")


class Scheme(TextChoices):
    """The classifications that offices use."""

    CPC = "cpc", "CPC"
    IPC = "ipc", "IPC"


class LicenceModel(TextChoices):
    """How many may use the patent beside the licensee."""

    EXCLUSIVE = "exclusive", _("Exclusive")
    SOLE = "sole", _("Sole")
    NON_EXCLUSIVE = "non_exclusive", _("Non-exclusive")


class OfferState(TextChoices):
    """Whether a licence offer is on the table."""

    DRAFT = "draft", _("Draft")
    LISTED = "listed", _("Listed")
    PAUSED = "paused", _("Paused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RequestState(TextChoices):
    """How far two sides have come over a licence."""

    SENT = "sent", _("Sent")
    UNDER_REVIEW = "under_review", _("Under review")
    TERM_SHEET = "term_sheet", _("Term sheet proposed")
    COUNTERED = "countered", _("Counter-proposal made")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")


OPEN_REQUEST_STATES = frozenset(
    {RequestState.SENT, RequestState.UNDER_REVIEW, RequestState.TERM_SHEET, RequestState.COUNTERED}
)
"""States in which a request still awaits somebody."""


class Side(TextChoices):
    """Who speaks in a negotiation."""

    LICENSOR = "licensor", _("Licensor")
    LICENSEE = "licensee", _("Licensee")
