"""The addresses of ventures and gate reviews."""

from django.urls import path

from . import views

app_name = "incubation"

urlpatterns = [
    path("ventures/", views.venture_list, name="venture-list"),
    path("ventures/<str:public_id>/", views.venture_detail, name="venture-detail"),
    path("ventures/<str:public_id>/edit/", views.venture_edit, name="venture-edit"),
    path("ventures/<str:public_id>/show/", views.venture_show, name="venture-show"),
    path("ventures/<str:public_id>/people/", views.person_add, name="person-add"),
    path("ventures/<str:public_id>/people/<int:member>/remove/", views.person_remove, name="person-remove"),
    path("ventures/<str:public_id>/reviews/", views.review_open, name="review-open"),
    path("ventures/<str:public_id>/<str:name>/", views.venture_steer, name="venture-steer"),
    path("gate-reviews/<str:public_id>/", views.review_detail, name="review-detail"),
    path("gate-reviews/<str:public_id>/evidence/", views.evidence_bring, name="evidence-bring"),
    path("gate-reviews/<str:public_id>/evidence/<str:evidence>/remove/", views.evidence_remove, name="evidence-remove"),
    path("gate-reviews/<str:public_id>/findings/", views.findings_judge, name="findings-judge"),
    path("gate-reviews/<str:public_id>/<str:outcome>/", views.gate_decide, name="gate-decide"),
]
