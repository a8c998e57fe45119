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

message_hidden = Signal()
"""sender=Message, obj, actor (None when reports hid it): its words are for its author and the moderators alone."""

message_shown = Signal()
"""sender=Message, obj, actor: a hidden or removed message says its words to everyone again."""

case_opened = Signal()
"""sender=ModerationCase, obj, actor (None: the word list): something waits for a platform master."""
