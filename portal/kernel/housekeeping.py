"""What the kernel itself does by the clock."""

from . import idempotency
from .schedule import every


@every(3600, "forget_old_idempotency_keys")
def forget_old_idempotency_keys() -> int:
    """Drop idempotency keys older than a day."""
    return idempotency.forget_old()
