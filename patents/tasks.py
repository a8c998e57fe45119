"""What this app does by the clock."""

from portal.kernel.schedule import every

from .actions import expire_patents

HOURLY = 3600

every(HOURLY, "expire patents")(expire_patents)
