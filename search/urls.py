"""The addresses of search."""

from django.urls import path

from search import views
from search.saved import views as saved

app_name = "search"

urlpatterns = [
    path("search/", views.result_list, name="result-list"),
    path("search/results.csv", views.result_export, name="result-export"),
    path("search/saved/", saved.list_saved, name="saved-list"),
    path("search/saved/new/", saved.save, name="saved-new"),
    path("search/saved/<str:public_id>/", saved.view_saved, name="saved-detail"),
    path("search/saved/<str:public_id>/change/", saved.change_saved, name="saved-change"),
    path("search/saved/<str:public_id>/dismiss/", saved.dismiss, name="saved-dismiss"),
    path("search/saved/<str:public_id>/forget/", saved.forget, name="saved-forget"),
    path("search/suggest/", views.suggestion_list, name="suggestion-list"),
    path("search/matches/<slug:kind>/<str:key>/", views.match_list, name="match-list"),
    path("master/search/", views.search_state, name="state"),
    path("search/related/<slug:kind>/<str:key>/", views.related_list, name="related-list"),
]
