"""The worker, done by hand."""

from portal.kernel import outbox


def work() -> None:
    """Let the worker do all there is to do."""
    while outbox.drain().done:
        pass
