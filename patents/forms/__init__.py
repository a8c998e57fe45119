"""Is the input well-formed? Forms never save."""

from .licences import LicenceOfferForm, LicenceRequestForm, OfferFilterForm, ReasonForm, TermsForm
from .patents import HandOverForm, PatentAddForm, PatentEditForm, PatentFilterForm
from .pools import PoolForm, PoolJoinForm

__all__ = [
    "HandOverForm",
    "LicenceOfferForm",
    "LicenceRequestForm",
    "OfferFilterForm",
    "PatentAddForm",
    "PatentEditForm",
    "PatentFilterForm",
    "PoolForm",
    "PoolJoinForm",
    "ReasonForm",
    "TermsForm",
]
