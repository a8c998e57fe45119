"""What editors build pages of."""

from .editorial import CONTENT_BLOCKS
from .home import HOME_BLOCKS

__all__ = ["CONTENT_BLOCKS", "HOME_BLOCKS"]
