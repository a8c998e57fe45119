"""Settings of the benches: the portal's own, without the limit to how much a program may ask."""

from portal.settings import *  # noqa: F403

API_RATE_KNOWN = API_RATE_STRANGER = 10_000_000
