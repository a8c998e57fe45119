"""The kinds of this app, by the names they have in URLs, the API, the index and the audit."""

from django.utils.translation import gettext_lazy as _

from portal.kernel.kinds import Kind, register

from . import rules
from .models import Award, Challenge, Submission

CHALLENGE = register(Kind("challenge", Challenge, "slug", rules.can_view_challenge, _("Challenge")))
SUBMISSION = register(Kind("submission", Submission, "public_id", rules.can_view_submission, _("Submission")))
AWARD = register(Kind("award", Award, "public_id", rules.can_view_award, _("Award")))
