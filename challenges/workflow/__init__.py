"""The tables of what may follow what: one for each kind of object that has a state."""

from .award import AWARD
from .challenge import CHALLENGE, PHASE
from .registration import REGISTRATION
from .review import ASSIGNMENT
from .submission import SUBMISSION

__all__ = ["ASSIGNMENT", "AWARD", "CHALLENGE", "PHASE", "REGISTRATION", "SUBMISSION"]
