"""What a token may be used for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scope(TextChoices):
    """Each is asked for by itself; none gives what the person does not have."""

    READ = "read", _("Read what I may read")
    WRITE = "write", _("Write what I may write")
    ADMIN = "admin", _("Act as the platform master, where I am one")
