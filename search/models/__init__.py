"""What search keeps in the database."""

from .fruitless import FruitlessQuery
from .saved import FoundThing, SavedSearch
from .vector import DocumentVector
from .version import VersionCounter

__all__ = ["DocumentVector", "FoundThing", "FruitlessQuery", "SavedSearch", "VersionCounter"]
