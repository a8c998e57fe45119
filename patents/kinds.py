"""The kinds of this app, by the names they have in URLs, the API, the index and the audit."""

from django.utils.translation import gettext_lazy as _

from portal.kernel.kinds import Kind, register

from . import rules
from .models import LicenceOffer, LicenceRequest, Patent, Pool

PATENT = register(Kind("patent", Patent, "number", rules.can_view_patent, _("Patent")))
POOL = register(Kind("pool", Pool, "slug", rules.can_view_pool, _("Patent pool")))
OFFER = register(Kind("licence_offer", LicenceOffer, "public_id", rules.can_view_offer, _("Licence offer")))
REQUEST = register(Kind("licence_request", LicenceRequest, "public_id", rules.can_view_request, _("Licence request")))
