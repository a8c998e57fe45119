"""News about news."""

from django.dispatch import Signal

notified = Signal()
"""sender=Notification, notification: a row came into somebody's inbox; sent inside the transaction."""
