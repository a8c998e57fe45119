"""Ventures and gate reviews, made known to all who ask for "any object"."""

from django.utils.translation import gettext_lazy as _

from portal.files import registry
from portal.kernel import kinds

from . import rules
from .models import GateEvidence, GateReview, Venture

kinds.register(kinds.Kind("venture", Venture, "public_id", rules.can_view_venture, _("Venture")))
kinds.register(kinds.Kind("gate_review", GateReview, "public_id", rules.can_view_review, _("Gate review")))
registry.register("gate-evidence", GateEvidence, rules.can_read_evidence)
