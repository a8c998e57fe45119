"""The categories of news, which people switch mail off by. Each app registers its own when it is ready."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Category:
    """A machine name and what people read for it."""

    name: str
    label: str | Promise


_by_name: dict[str, Category] = {}


def register(category: Category) -> Category:
    """Make a category known; registering a name again replaces it."""
    _by_name[category.name] = category
    return category


def label_of(name: str) -> str:
    """What people read for the category called ``name``; the name itself when nobody registered it."""
    return str(_by_name[name].label) if name in _by_name else name.replace("_", " ").capitalize()


def all_categories() -> list[Category]:
    """Every category that is registered, by name."""
    return [_by_name[name] for name in sorted(_by_name)]
