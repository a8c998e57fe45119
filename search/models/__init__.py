"""What search keeps in the database."""

from .fruitless import FruitlessQuery
from .saved import FoundThing, SavedSearch
from .synonyms import SynonymGroup
from .vector import DocumentVector
from .version import VersionCounter

__all__ = ["DocumentVector", "FoundThing", "FruitlessQuery", "SavedSearch", "SynonymGroup", "VersionCounter"]
