"""Addresses of challenges, submissions, reviews and awards."""

from django.urls import path

from .urls_solving import SOLVING
from .views import detail, lists, managing, moving, posting, terms

app_name = "challenges"

POSTING = [
    path("challenges/", lists.challenge_list, name="challenge-list"),
    path("challenges/mine/", lists.challenge_mine, name="challenge-mine"),
    path("challenges/new/", posting.challenge_new, name="challenge-new"),
    path("challenges/<slug:slug>/", detail.challenge_detail, name="challenge-detail"),
    path("challenges/<slug:slug>/confidential/", detail.challenge_confidential, name="challenge-confidential"),
    path("challenges/<slug:slug>/edit/", posting.challenge_edit, name="challenge-edit"),
    path("challenges/<slug:slug>/manage/", managing.challenge_manage, name="challenge-manage"),
    path("challenges/<slug:slug>/move/<slug:name>/", moving.challenge_move, name="challenge-move"),
    path("challenges/<slug:slug>/files/", posting.attachment_add, name="attachment-add"),
    path("challenges/<slug:slug>/files/<str:public_id>/remove/", posting.attachment_remove, name="attachment-remove"),
    path("challenges/<slug:slug>/terms/new/", terms.terms_revise, name="terms-revise"),
    path("challenges/<slug:slug>/terms/<int:version>/", terms.terms_detail, name="terms-detail"),
]

urlpatterns = [*POSTING, *SOLVING]
