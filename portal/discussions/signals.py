"""What happened in rooms; each is sent inside the change's own transaction."""

from django.dispatch import Signal

room_opened = Signal()
"""sender=Room, obj, actor (None when the portal itself opened it)."""

room_closed = Signal()
"""sender=Room, obj, actor: nothing more can be said in it."""

message_posted = Signal()
"""sender=Message, obj, actor: somebody said something."""

message_removed = Signal()
"""sender=Message, obj, actor: what was said is gone."""
