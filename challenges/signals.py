"""What happened, in the past tense; each is sent inside the change's own transaction.

Signals of a transition carry ``sender`` (the model), ``obj`` and ``actor``; the others say what they carry.
Whoever tells the outside world waits for the commit (``kernel.commit``).
"""

from django.dispatch import Signal

challenge_submitted_for_review = Signal()
"""A challenge waits for the platform master."""

challenge_changes_requested = Signal()
"""The platform master sent a challenge back."""

challenge_approved = Signal()
"""A challenge may be announced and published, and opens by the clock."""

challenge_announced = Signal()
"""A challenge is forecast: everybody may read it, nobody may answer yet."""

challenge_published = Signal()
"""A challenge opened: its terms are frozen and it takes registrations and submissions."""

challenge_closed = Signal()
"""A challenge takes no more submissions."""

challenge_decided = Signal()
"""The decision on a challenge is out."""

challenge_cancelled = Signal()
"""A challenge ended without a decision; its ``cancel_reason`` says why."""

phase_opened = Signal()
"""A phase takes submissions."""

phase_closed = Signal()
"""A phase takes no more submissions, and what was filed for it may be opened."""

terms_revised = Signal()
"""sender=TermsVersion, terms, previous, actor: a published challenge has new terms to accept."""

registration_requested = Signal()
"""sender=Registration, obj, actor: somebody asks to take part."""

registration_approved = Signal()
"""A registration was approved."""

registration_ended = Signal()
"""A registration was declined or revoked: what the person may see shrank."""

solver_invited = Signal()
"""sender=ChallengeInvitation, invitation, actor: the seeker asks somebody to look at a challenge."""

submission_filed = Signal()
"""sender=SubmissionVersion, version, receipt, actor: a version was sent in and receipted."""

submission_withdrawn = Signal()
"""A team took its submission back: nobody else may see it any more."""

decisions_released = Signal()
"""sender=Challenge, challenge, submissions, actor: the teams are told, all together."""

reviewer_invited = Signal()
"""sender=ReviewAssignment, obj, actor: somebody is asked to review a submission."""

conflict_declared = Signal()
"""sender=ConflictDeclaration, obj, actor: a person may no longer read a submission."""

review_submitted = Signal()
"""A reviewer finished a review."""

submission_awarded = Signal()
"""sender=Award, award, actor: a submission won; what grows out of it may begin."""
