"""The addresses of the desks and of lineage."""

from django.urls import path

from . import views

app_name = "desk"

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("master/", views.master, name="master"),
    path("master/audit/", views.audit_log, name="audit-log"),
    path("master/work/revive/", views.revive_work, name="work-revive"),
    path("lineage/<slug:kind>/<str:key>/", views.lineage, name="lineage"),
]
