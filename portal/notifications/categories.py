"""The categories of news, by which people choose how it reaches them. Each app registers its own when it is ready."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from .enums import Rhythm


@dataclass(frozen=True)
class Category:
    """A machine name, what people read for it, and how it comes by mail to those who have not chosen.

    ``can_mute``: whether somebody who hears no more of a thing hears no more of this about it, either.
    """

    name: str
    label: str | Promise
    mail: Rhythm = Rhythm.AT_ONCE
    can_mute: bool = True


_by_name: dict[str, Category] = {}


def register(category: Category) -> Category:
    """Make a category known; registering a name again replaces it."""
    _by_name[category.name] = category
    return category


def find(name: str) -> Category:
    """The category called ``name``; one that nobody registered is as it would be by default."""
    return _by_name.get(name) or Category(name, name.replace("_", " ").capitalize())


def label_of(name: str) -> str:
    """What people read for the category called ``name``."""
    return str(find(name).label)


def all_categories() -> list[Category]:
    """Every category that is registered, by name."""
    return [_by_name[name] for name in sorted(_by_name)]
