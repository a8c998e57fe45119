"""What search keeps in the database."""

from .saved import FoundThing, SavedSearch
from .version import VersionCounter

__all__ = ["FoundThing", "SavedSearch", "VersionCounter"]
