"""Addresses of patents, pools and licences."""

from django.urls import path

from .views import offers, patents, pools, requests

app_name = "patents"
urlpatterns = [
    path("patents/", patents.patent_list, name="patent-list"),
    path("patents/new/", patents.patent_add, name="patent-add"),
    path("patents/<str:number>/", patents.patent_detail, name="patent-detail"),
    path("patents/<str:number>/edit/", patents.patent_edit, name="patent-edit"),
    path("patents/<str:number>/owner/", patents.patent_hand_over, name="patent-hand-over"),
    path("patents/<str:number>/room/", patents.patent_talk, name="patent-talk"),
    path("patents/<str:number>/offer/", offers.offer_draft, name="offer-draft"),
    path("pools/", pools.pool_list, name="pool-list"),
    path("pools/new/", pools.pool_found, name="pool-found"),
    path("pools/<slug:slug>/", pools.pool_detail, name="pool-detail"),
    path("pools/<slug:slug>/patents/", pools.pool_join, name="pool-join"),
    path("pools/<slug:slug>/patents/<str:number>/leave/", pools.pool_leave, name="pool-leave"),
    path("licences/", offers.offer_list, name="offer-list"),
    path("licences/offers/<str:public_id>/", offers.offer_detail, name="offer-detail"),
    path("licences/offers/<str:public_id>/edit/", offers.offer_edit, name="offer-edit"),
    path("licences/offers/<str:public_id>/consent/", offers.offer_consent, name="offer-consent"),
    path("licences/offers/<str:public_id>/requests/", offers.offer_request, name="offer-request"),
    path("licences/offers/<str:public_id>/<str:name>/", offers.offer_move, name="offer-move"),
    path("licences/requests/<str:public_id>/", requests.request_detail, name="request-detail"),
    path("licences/requests/<str:public_id>/<str:name>/", requests.request_move, name="request-move"),
]
