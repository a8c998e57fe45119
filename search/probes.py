"""What ``/readyz`` says of search."""

from portal.kernel.health import dependency
from search import engines
from search.engines.port import EngineUnavailable


@dependency("search")
def search() -> str:
    """The engine in use; raises when it cannot answer."""
    engine = engines.current()
    health = engine.health()
    if not health.ready:
        raise EngineUnavailable(health.reason)
    return engine.name
