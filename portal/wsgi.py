"""The door for WSGI servers: pages in production."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

# All addresses, and what they lead to, are loaded before the first visitor comes. What is there by then stays for as
# long as the process: the collector need not walk over it again and again, which was a tenth of a page.
list(get_resolver().url_patterns)
gc.collect()
gc.freeze()
