"""What happened to patents, offers and requests; each is sent inside the change's own transaction."""

from django.dispatch import Signal

patent_added = Signal()
"""sender=Patent, obj, actor: somebody put a patent into the pool by hand."""

patent_handed_over = Signal()
"""sender=Patent, obj, actor: another organisation holds it from now on, or none."""

licence_offer_listed = Signal()
"""sender=LicenceOffer, obj, actor: the offer is on the table."""

licence_offer_taken_back = Signal()
"""sender=LicenceOffer, obj, actor: the offer was paused or withdrawn; ``obj.state`` says which."""

licence_requested = Signal()
"""sender=LicenceRequest, obj, actor: somebody asks for a licence."""

licence_request_answered = Signal()
"""sender=LicenceRequest, obj, actor: one side has moved; ``obj.state`` says how."""
