"""Addresses of registrations, submissions, reviews, receipts and awards."""

from django.urls import path

from .views import awards, deciding, inviting, receipts, registrations, reviews, submissions

SOLVING = [
    path("challenges/<slug:slug>/register/", registrations.registration_new, name="registration-new"),
    path("challenges/<slug:slug>/registrations/", registrations.registration_list, name="registration-list"),
    path("challenges/<slug:slug>/invitations/", inviting.invitation_new, name="invitation-new"),
    path("registrations/<str:public_id>/<slug:name>/", registrations.registration_move, name="registration-move"),
    path("challenges/<slug:slug>/submissions/", deciding.submission_list, name="submission-list"),
    path("challenges/<slug:slug>/submissions/new/", submissions.submission_new, name="submission-new"),
    path("challenges/<slug:slug>/submissions/release/", deciding.decisions_release, name="decisions-release"),
    path("submissions/<str:public_id>/", submissions.submission_detail, name="submission-detail"),
    path("submissions/<str:public_id>/edit/", submissions.submission_edit, name="submission-edit"),
    path("submissions/<str:public_id>/draft/", submissions.draft_begin, name="draft-begin"),
    path("submissions/<str:public_id>/draft/discard/", submissions.draft_discard, name="draft-discard"),
    path("submissions/<str:public_id>/files/", submissions.file_add, name="submission-file-add"),
    path("submissions/files/<str:public_id>/remove/", submissions.file_remove, name="submission-file-remove"),
    path("submissions/<str:public_id>/file/", submissions.submission_file, name="submission-file"),
    path("submissions/<str:public_id>/withdraw/", submissions.submission_withdraw, name="submission-withdraw"),
    path("submissions/<str:public_id>/evaluate/", deciding.submission_evaluate, name="submission-evaluate"),
    path("submissions/<str:public_id>/decision/", deciding.decision_note, name="decision-note"),
    path("submissions/<str:public_id>/reviewers/", reviews.reviewer_invite, name="reviewer-invite"),
    path("submissions/<str:public_id>/award/", awards.award_create, name="award-create"),
    path("submissions/<str:public_id>/move/<slug:name>/", deciding.submission_move, name="submission-move"),
    path("receipts/verify/", receipts.receipt_verify, name="receipt-verify"),
    path("receipts/<str:public_id>/", receipts.receipt_detail, name="receipt-detail"),
    path("receipts/<str:public_id>/download/", receipts.receipt_download, name="receipt-download"),
    path("reviews/", reviews.review_list, name="review-list"),
    path("reviews/<str:public_id>/", reviews.review_detail, name="review-detail"),
    path("reviews/<str:public_id>/accept/", reviews.review_accept, name="review-accept"),
    path("reviews/<str:public_id>/decline/", reviews.review_answer, {"name": "decline"}, name="review-decline"),
    path("reviews/<str:public_id>/conflict/", reviews.review_answer, {"name": "conflict"}, name="review-conflict"),
    path("reviews/<str:public_id>/send-back/", reviews.review_send_back, name="review-send-back"),
    path("awards/<str:public_id>/", awards.award_detail, name="award-detail"),
    path("awards/<str:public_id>/<slug:name>/", awards.award_move, name="award-move"),
]
