"""One installation is one portal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from wagtail.models import Site


@register(Tags.database)
def there_is_one_site(app_configs: Any, databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    """A second Wagtail Site is refused: links, languages and rights assume one."""
    if (
        "default" not in (databases or ())
        or Site._meta.db_table not in connections["default"].introspection.table_names()
    ):
        return []
    number = Site.objects.count()
    if number <= 1:
        return []
    return [Error(f"There are {number} Wagtail sites; one installation is one portal.", id="portal.E010")]
