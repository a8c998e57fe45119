"""The tree an empty portal begins with: a home page in each language, an about page, and guides."""

from .planting import plant

__all__ = ["plant"]
