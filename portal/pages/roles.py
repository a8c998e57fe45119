"""What people may do in the CMS follows from what they are on the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.snippets.models import get_snippet_models

if TYPE_CHECKING:
    from portal.accounts.models import User

MODERATORS: Final = "Moderators"
EDITORS: Final = "Editors"
MEDIA: Final = tuple(
    f"{deed}_{thing}" for deed in ("add", "change", "choose") for thing in ("portalimage", "portaldocument")
)


def follow_role(user: User) -> None:
    """Put ``user`` into Wagtail's groups as their role has it: masters moderate and edit, editors edit."""
    edits = user.is_active and (user.is_staff or user.is_platform_master)
    moderates = user.is_active and user.is_platform_master
    for name, wanted in ((EDITORS, edits), (MODERATORS, moderates)):
        group = Group.objects.filter(name=name).first()
        if group is not None:
            (user.groups.add if wanted else user.groups.remove)(group)


def snippet_apps() -> list[str]:
    """The apps that have put something among the snippets."""
    return sorted({model._meta.app_label for model in get_snippet_models()})


def allow_snippets() -> None:
    """Let moderators keep what apps have put among the snippets."""
    group = Group.objects.filter(name=MODERATORS).first()
    if group is None:
        return
    for model in get_snippet_models():
        of_model = Permission.objects.filter(
            content_type__app_label=model._meta.app_label, content_type__model=model._meta.model_name
        )
        group.permissions.add(*of_model)


def allow_media() -> None:
    """Let editors and moderators work with pictures and documents, and moderators translate pages."""
    root = Collection.get_first_root_node()
    for group in Group.objects.filter(name__in=(EDITORS, MODERATORS)):
        for permission in Permission.objects.filter(content_type__app_label="pages", codename__in=MEDIA):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
        translate = Permission.objects.filter(codename="submit_translation").first()
        if translate is not None:
            group.permissions.add(translate)
