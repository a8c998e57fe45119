"""What search keeps in the database."""

from .saved import FoundThing, SavedSearch
from .vector import DocumentVector
from .version import VersionCounter

__all__ = ["DocumentVector", "FoundThing", "SavedSearch", "VersionCounter"]
