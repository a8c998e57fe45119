"""Looking for news that did not come where it is kept: in the topic itself.

The way between processes may be cut, and of two messages that were committed together the later may arrive first. What
has a place in a sequence is then read from the topic and delivered as if it had come, in order, each once.
"""

from __future__ import annotations

import logging
from typing import Final

from django.db import Error as DatabaseError

from portal.kernel.errors import Missing, Refused

from .asking import ask
from .frames import encoded, frame, say
from .gathering import Gathering, Subscription
from .people import person_of
from .sockets import Identity
from .topics import Standing, resolve

log = logging.getLogger(__name__)


TRIES: Final = 3
"""What comes while the topic is read may again have something missing before it: then it is read once more."""


async def heal(gathering: Gathering) -> bool:
    """Bring everyone at ``gathering`` up to where the topic stands; say ``gap`` to whom that cannot be done for.

    False when the topic could not be read at all, and has to be looked up again.
    """
    standing: Standing | None = None
    for _try in range(TRIES):
        behind = gathering.furthest_behind()
        if behind is None:
            return True
        standing = await _standing(behind, gathering.rev)
        if standing is None:
            break
        _deliver(gathering, standing)
        if not gathering.lacks_changes and not any(subscription.waits for subscription in gathering):
            return True
    for subscription in gathering:
        subscription.settle()
    return standing is not None


def _deliver(gathering: Gathering, standing: Standing) -> None:
    if standing.too_many:
        for subscription in gathering:
            subscription.skip_to(standing.seq)
    for missed in standing.missed:
        gathering.hear(frame(encoded({"topic": gathering.name, **missed}), missed.get("seq")))
    for changed in standing.changed:
        gathering.hear(frame(encoded({"topic": gathering.name, **changed})))
    if standing.stale:
        gathering.hear(say("stale", topic=gathering.name))
    gathering.has_changes_up_to(standing.rev)


async def _standing(behind: Subscription, since: int | None) -> Standing | None:
    """What was said since, as the one who has heard least may read it; None when it cannot be told now."""
    try:
        return await ask(_asked, behind.socket.identity, behind.name, behind.seen, since)
    except (Missing, Refused):  # their rights have gone, and the review of rights is on its way
        return None
    except DatabaseError:
        log.exception("what was missed could not be looked for")
        return None


def _asked(identity: Identity, name: str, seen: int, since: int | None) -> Standing:
    topic, key = resolve(name)
    user = person_of(identity.credential)
    if user.pk != identity.user_id or not topic.can_join(user, key):
        raise Missing
    return topic.standing(user, key, seen, since)
