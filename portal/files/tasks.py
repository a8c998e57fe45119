from portal.kernel.schedule import every

from . import actions


@every(6 * 3600, "files.sweep")
def sweep_leftovers() -> None:
    """Remove, four times a day, what interrupted uploads left more than a day ago."""
    actions.sweep()
