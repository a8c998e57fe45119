"""Who is called by name in a message is told, once."""

from __future__ import annotations

from portal.notifications.send import send

from ..calling import Called
from ..models import Mention, Message
from ..notices import MentionedInRoom
from ..queries import blockers_of


def call(message: Message, names: Called) -> None:
    """Note who is called in ``message``, and tell those who were not before and can read it; nobody while it is hidden.

    Whoever blocked the author hears nothing of it. Part of a transaction.
    """
    if message.is_hidden:
        return
    earlier = set(message.mentions.values_list("user", flat=True)) if message.edited_at else set()
    unseeing = {person.pk for person in names.unseeing}
    fresh = [person for person in names.people if person.pk not in earlier | unseeing]
    if fresh:
        Mention.objects.bulk_create(Mention(message=message, user=person) for person in fresh)
        deaf = blockers_of(message.author, [person.pk for person in fresh])
        send(MentionedInRoom(message), [person for person in fresh if person.pk not in deaf])
