"""Addresses of rooms and their messages."""

from django.urls import URLPattern, path

from .views import marks, messages, moderating, reviewing, rooms

app_name = "discussions"

urlpatterns: list[URLPattern] = [
    path("rooms/", rooms.room_list, name="room-list"),
    path("rooms/new/", rooms.room_found, name="room-found"),
    path("rooms/<str:public_id>/", rooms.room_detail, name="room-detail"),
    path("rooms/<str:public_id>/search/", rooms.room_search, name="room-search"),
    path("rooms/<str:public_id>/close/", rooms.room_close, name="room-close"),
    path("rooms/<str:public_id>/read/", rooms.room_read, name="room-read"),
    path("rooms/<str:public_id>/messages/", messages.message_list, name="message-list"),
    path("rooms/<str:public_id>/messages/new/", messages.message_post, name="message-post"),
    path("rooms/<str:public_id>/messages/<int:seq>/edit/", messages.message_edit, name="message-edit"),
    path("rooms/<str:public_id>/people/", marks.people_list, name="people-list"),
    path("rooms/<str:public_id>/messages/<int:seq>/", marks.message_detail, name="message-detail"),
    path("rooms/<str:public_id>/messages/<int:seq>/react/", marks.message_react, name="message-react"),
    path("rooms/<str:public_id>/messages/<int:seq>/pin/", marks.message_pin, name="message-pin"),
    path("rooms/<str:public_id>/messages/<int:seq>/thread/", marks.message_thread, name="message-thread"),
    path("rooms/<str:public_id>/messages/<int:seq>/history/", marks.message_history, name="message-history"),
    path("rooms/<str:public_id>/messages/<int:seq>/remove/", messages.message_remove, name="message-remove"),
    path("rooms/<str:public_id>/messages/<int:seq>/report/", moderating.message_report, name="message-report"),
    path("rooms/<str:public_id>/messages/<int:seq>/hide/", moderating.message_hide, name="message-hide"),
    path("rooms/<str:public_id>/messages/<int:seq>/unhide/", moderating.message_unhide, name="message-unhide"),
    path("rooms/<str:public_id>/order/", moderating.room_order, name="room-order"),
    path("rooms/<str:public_id>/lock/", moderating.room_lock, name="room-lock"),
    path("rooms/<str:public_id>/mutings/<int:muting>/lift/", moderating.muting_lift, name="muting-lift"),
    path("decisions/<str:public_id>/", moderating.case_detail, name="case-detail"),
    path("account/blocked/", moderating.blocked_list, name="blocked-list"),
    path("account/blocked/<str:public_id>/add/", moderating.person_block, name="person-block"),
    path("account/blocked/<str:public_id>/remove/", moderating.person_unblock, name="person-unblock"),
    path("master/moderation/", reviewing.case_list, name="case-list"),
    path("master/moderation/words/", reviewing.phrase_list, name="phrase-list"),
    path("master/moderation/words/<str:public_id>/drop/", reviewing.phrase_drop, name="phrase-drop"),
    path("master/moderation/<str:public_id>/", reviewing.case_review, name="case-review"),
]
