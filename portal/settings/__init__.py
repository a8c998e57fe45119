"""Settings of one installation, one concern a file; the environment is read in ``environment`` alone."""

from .api import *  # noqa: F403
from .apps import *  # noqa: F403
from .data import *  # noqa: F403
from .editorial import *  # noqa: F403
from .language import *  # noqa: F403
from .logs import *  # noqa: F403
from .mail import *  # noqa: F403
from .protection import *  # noqa: F403
from .sign_in import *  # noqa: F403
from .talk import *  # noqa: F403
from .web import *  # noqa: F403
