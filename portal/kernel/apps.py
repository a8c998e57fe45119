from django.apps import AppConfig


class KernelConfig(AppConfig):
    """The kernel as a Django app: it owns the audit, the outbox and the idempotency records."""

    name = "portal.kernel"
    label = "kernel"

    def ready(self) -> None:
        from . import checks, housekeeping, probes  # noqa: F401
