"""The addresses by which machines ask how the portal is."""

from django.urls import path

from . import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
