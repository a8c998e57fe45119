"""The page of all components: only where the portal stands alone, for those who build with them."""

from django.conf import settings
from django.urls import path

from . import styleguide

urlpatterns = []
if settings.EMBEDDED:
    urlpatterns += [
        path("styleguide/", styleguide.styleguide, name="styleguide"),
        path("styleguide/toast/", styleguide.styleguide_toast, name="styleguide-toast"),
    ]
