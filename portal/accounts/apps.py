"""The app of people and organisations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    verbose_name = _("People and organisations")

    def ready(self) -> None:
        from portal.kernel import kinds

        from . import places, receivers, takeout, tasks  # noqa: F401
        from .models import Invitation, Organisation, User
        from .rules import can_view_organisation, can_view_person, is_invited

        kinds.register(kinds.Kind("organisation", Organisation, "slug", can_view_organisation, _("Organisation")))
        kinds.register(kinds.Kind("person", User, "public_id", can_view_person, _("Person")))
        kinds.register(kinds.Kind("invitation", Invitation, "public_id", is_invited, _("Invitation")))
        takeout.register("account", takeout.account_part)
        takeout.register("organisations", takeout.memberships_part)
        takeout.register("sessions", takeout.sessions_part)
