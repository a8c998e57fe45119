"""The promise that private files have no address but the gate's."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from .storage import private_storage


@register(Tags.security)
def private_files_are_not_served(**kwargs: Any) -> list[CheckMessage]:
    """The private folder must not lie below a folder that is served to everybody."""
    private = Path(private_storage().location)
    served = [Path(root).resolve() for root in (settings.MEDIA_ROOT, getattr(settings, "STATIC_ROOT", None)) if root]
    if not any(root == private or root in private.parents for root in served):
        return []
    hint = "Move PRIVATE_ROOT out of MEDIA_ROOT and STATIC_ROOT."
    return [Error("Private files would be served by bare URL.", hint=hint, id="files.E001")]
