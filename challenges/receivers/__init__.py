"""Who is told when something happened; called by nobody, imported once the app is ready."""

from . import posting, solving  # noqa: F401
