"""Addresses beside the page tree, which is Wagtail's: what the footer leads to, and the door of the CMS."""

from django.urls import path
from wagtail.views import serve

from . import views

app_name = "pages"

urlpatterns = [
    path("about/", serve, {"path": "about/"}, name="about"),
    path("guides/", serve, {"path": "guides/"}, name="guides"),
    path("cms/entrance/", views.enter_cms, name="cms-entrance"),
]
