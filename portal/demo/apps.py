from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The Django app of ``portal.demo``."""

    name = "portal.demo"
    label = "demo"
