"""Every address of the API, the feeds, and the page of a person's tokens."""

from django.urls import include, path, re_path

from .feeds import challenge_feed, deadline_calendar
from .views import challenges, lineage, moderation, notices, patents, rooms, saved, search, ventures
from .views import submissions as answers
from .views.description import DescriptionView, NothingView
from .views.tokens import token_list, token_revoke

app_name = "api"

version_1 = [
    path("openapi.json", DescriptionView.as_view(), name="description"),
    path("challenges", challenges.ChallengesView.as_view(), name="challenges"),
    path("challenges/<slug:slug>", challenges.ChallengeView.as_view(), name="challenge"),
    path("challenges/<slug:slug>/transitions", challenges.ChallengeTransitionsView.as_view(), name="challenge-move"),
    path("challenges/<slug:slug>/registrations", challenges.RegistrationsView.as_view(), name="registrations"),
    path("challenges/<slug:slug>/invitations", challenges.InvitationsView.as_view(), name="invitations"),
    path("challenges/<slug:slug>/submissions", challenges.ChallengeSubmissionsView.as_view(), name="submissions"),
    path("submissions/<str:public_id>", answers.SubmissionView.as_view(), name="submission"),
    path("submissions/<str:public_id>/files", answers.SubmissionFilesView.as_view(), name="submission-files"),
    path(
        "submissions/<str:public_id>/transitions",
        answers.SubmissionTransitionsView.as_view(),
        name="submission-move",
    ),
    path("submissions/<str:public_id>/receipt", answers.SubmissionReceiptView.as_view(), name="submission-receipt"),
    path("submissions/<str:public_id>/accesses", answers.SubmissionAccessesView.as_view(), name="accesses"),
    path("patents", patents.PatentsView.as_view(), name="patents"),
    path("patents/<str:number>", patents.PatentView.as_view(), name="patent"),
    path("licence-offers", patents.OffersView.as_view(), name="offers"),
    path("licence-offers/<str:public_id>/requests", patents.OfferRequestsView.as_view(), name="offer-requests"),
    path("licence-requests/<str:public_id>/transitions", patents.RequestTransitionsView.as_view(), name="request-move"),
    path("ventures", ventures.VenturesView.as_view(), name="ventures"),
    path("ventures/<str:public_id>", ventures.VentureView.as_view(), name="venture"),
    path("ventures/<str:public_id>/gate-reviews", ventures.GateReviewsView.as_view(), name="gate-reviews"),
    path("search", search.SearchView.as_view(), name="search"),
    path("search/suggest", search.SuggestView.as_view(), name="suggest"),
    path("search/similar/<str:of_kind>/<path:key>", search.SimilarView.as_view(), name="similar"),
    path("search/matches/<str:of_kind>/<path:key>", search.MatchesView.as_view(), name="matches"),
    path("saved-searches", saved.SavedSearchesView.as_view(), name="saved-searches"),
    path("saved-searches/<str:public_id>", saved.SavedSearchView.as_view(), name="saved-search"),
    path("rooms/<str:public_id>/messages", rooms.MessagesView.as_view(), name="messages"),
    path("messages/<str:public_id>/reports", moderation.ReportsView.as_view(), name="reports"),
    path("messages/<str:public_id>/hiding", moderation.HidingView.as_view(), name="hiding"),
    path("rooms/<str:public_id>/order", moderation.OrderView.as_view(), name="room-order"),
    path("moderation/cases", moderation.CasesView.as_view(), name="cases"),
    path("moderation/cases/<str:public_id>/decision", moderation.DecisionsView.as_view(), name="case-decision"),
    path("moderation/cases/<str:public_id>/appeal", moderation.AppealsView.as_view(), name="case-appeal"),
    path("blocked/<str:public_id>", moderation.BlockingView.as_view(), name="blocking"),
    path("notifications", notices.NotificationsView.as_view(), name="notifications"),
    path("notifications/choices", notices.NotificationChoicesView.as_view(), name="notification-choices"),
    path("notifications/<str:public_id>", notices.NotificationView.as_view(), name="notification"),
    path("lineage/<str:of_kind>/<path:key>", lineage.LineageView.as_view(), name="lineage"),
    re_path("", NothingView.as_view(), name="nothing"),
]

urlpatterns = [
    path("api/v1/", include(version_1)),
    path("feeds/challenges.atom", challenge_feed, name="challenge-feed"),
    path("calendar.ics", deadline_calendar, name="calendar"),
    path("account/tokens/", token_list, name="token-list"),
    path("account/tokens/<str:public_id>/revoke/", token_revoke, name="token-revoke"),
]
