from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import pre_migrate


class ServeConfig(AppConfig):
    """The Django app of ``portal.serve``."""

    name = "portal.serve"
    label = "serve"

    def ready(self) -> None:
        from . import checks  # noqa: F401

        pre_migrate.connect(take_time, dispatch_uid="serve")


def take_time(sender: AppConfig, using: str, **named: Any) -> None:
    """A migration of a large table may take longer than a page."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0"
            )
