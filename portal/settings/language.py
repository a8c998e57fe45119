"""Languages, time and numbers."""

from django.utils.translation import gettext_lazy as _

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Chinese")), ("ru", _("Russian"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "portal.face.formats"
TIME_ZONE = "UTC"
CURRENCIES = ("EUR", "USD", "CNY", "GBP", "JPY", "CHF", "RUB", "INR")
DEFAULT_CURRENCY = "EUR"
