"""Settings of the tests: the portal's own, on a folder and a database of this process alone.

``TEST_FOLDER`` is where that folder is made: whoever names it takes away what killed processes leave there.
``TEST_DATABASE_URL`` names a PostgreSQL server on which to make the database; without it, it is SQLite. What
the developer's environment says about a real installation is not listened to.
"""

import atexit
import os
import shutil
import tempfile

from tests.servers.memory import place_in_memory

INSTALLATION = (
    *("SECRET_KEY", "PORT", "PORTAL_URL", "DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "EMAIL_URL", "MAIL_FROM"),
    *("STORAGE_URL", "TRUSTED_PROXIES", "EMBEDDER_URL", "TRANSLATOR_URL", "CLAMD_URL", "DEBUG"),
)
for name in INSTALLATION:
    os.environ.pop(name, None)
PLACE = os.environ.get("TEST_FOLDER") or place_in_memory()
os.environ["PORTAL_VAR"] = tempfile.mkdtemp(prefix="portal-test-", dir=PLACE)
atexit.register(shutil.rmtree, os.environ["PORTAL_VAR"], ignore_errors=True)

from portal.settings import *  # noqa: E402, F403
from portal.settings.data import served_database  # noqa: E402

TEST_DATABASE_URL = os.environ.get("TEST_DATABASE_URL", "")
if TEST_DATABASE_URL:
    DATABASES = {"default": served_database(TEST_DATABASE_URL)}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["NAME"] = f"portal_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
