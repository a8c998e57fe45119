from django.apps import AppConfig


class FaceConfig(AppConfig):
    """The Django app of ``portal.face``."""

    name = "portal.face"
    label = "face"
