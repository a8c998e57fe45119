"""What happened to people and organisations; each is sent inside the change's own transaction.

A listener that tells the outside world waits for the commit (``kernel.commit``).
"""

from django.dispatch import Signal

membership_added = Signal()
"""sender=Membership, user, organisation, role: somebody joined."""

membership_removed = Signal()
"""sender=Membership, user, organisation, actor: somebody left or was removed; what they may see shrank."""

membership_changed = Signal()
"""sender=Membership, user, organisation, role: the role changed."""

signed_out = Signal()
"""sender=User, user, session_key (None: every session of the person): sockets of it must end."""

person_erased = Signal()
"""sender=User, user, addresses: the personal text is gone; whoever keeps copies (or mail to them) removes it."""

organisation_founded = Signal()
"""sender=Organisation, obj, actor: somebody founded it; it waits for the platform master."""

person_invited = Signal()
"""sender=Invitation, invitation, user: the address invited belongs to ``user``, who has not answered yet."""

organisation_verified = Signal()
"""sender=Organisation, obj, actor: the platform master vouches for it."""

access_changed = Signal()
"""sender=User or Organisation, obj: what the person (or everyone in the organisation) may do changed."""
