"""Every address of the portal. Applications have no language prefix; editorial pages do, but for English."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

ROOMS = (
    "portal.kernel",
    "portal.face",
    "portal.files",
    "portal.accounts",
    "portal.live",
    "portal.notifications",
    "portal.discussions",
    "patents",
    "challenges",
    "portal.incubation",
    "portal.desk",
    "portal.pages",
    "search",
    "portal.api",
)

urlpatterns = [
    *(path("", include(f"{room}.urls")) for room in ROOMS if find_spec(f"{room}.urls")),
    path("account/", include("allauth.urls")),
    path("cms/documents/", include(wagtaildocs_urls)),
    path("cms/", include(wagtailadmin_urls)),
    *i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=False),
]

handler400 = "portal.api.handlers.bad_request"
handler403 = "portal.api.handlers.forbidden"
handler404 = "portal.api.handlers.missing"
handler500 = "portal.api.handlers.broken"
