"""What the page tree does when the rest of the portal changes."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate, post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from portal.accounts.models import User
from portal.kernel.errors import Refused

from .models import HomePage
from .opening import plant
from .roles import allow_media, allow_snippets, follow_role, snippet_apps

OF_A_ROLE = {"is_active", "is_staff", "is_platform_master"}


@receiver(post_save, sender=User)
def follow_role_in_cms(
    sender: type[User], instance: User, update_fields: Any = None, raw: bool = False, **kwargs: Any
) -> None:
    """Whoever becomes or ceases to be a platform master or an editor is so in the CMS as well."""
    if raw or (update_fields is not None and OF_A_ROLE.isdisjoint(update_fields)):
        return
    if instance.is_staff or instance.is_platform_master or not kwargs["created"]:
        follow_role(instance)


@receiver(pre_save, sender=Site)
def refuse_second_site(sender: type[Site], instance: Site, **kwargs: Any) -> None:
    """One installation is one portal."""
    if instance._state.adding and Site.objects.exists():
        raise Refused(_("One installation is one portal: there cannot be a second site."), code="second_site")


def open_with_a_home(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After the last migration, an empty portal gets its first pages and its editors their rights."""
    connection = connections[using]
    if HomePage._meta.db_table not in connection.introspection.table_names():
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    for label in ("pages", "simple_translation", *snippet_apps()):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    allow_media()
    allow_snippets()
    plant()


def listen(config: AppConfig) -> None:
    """Begin to listen for the end of migrations."""
    post_migrate.connect(open_with_a_home, sender=config)
