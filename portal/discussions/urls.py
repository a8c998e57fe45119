"""Addresses of rooms and their messages."""

from django.urls import URLPattern, path

from .views import messages, rooms

app_name = "discussions"

urlpatterns: list[URLPattern] = [
    path("rooms/", rooms.room_list, name="room-list"),
    path("rooms/new/", rooms.room_found, name="room-found"),
    path("rooms/<str:public_id>/", rooms.room_detail, name="room-detail"),
    path("rooms/<str:public_id>/close/", rooms.room_close, name="room-close"),
    path("rooms/<str:public_id>/read/", rooms.room_read, name="room-read"),
    path("rooms/<str:public_id>/messages/", messages.message_list, name="message-list"),
    path("rooms/<str:public_id>/messages/new/", messages.message_post, name="message-post"),
    path("rooms/<str:public_id>/messages/<int:seq>/edit/", messages.message_edit, name="message-edit"),
    path("rooms/<str:public_id>/messages/<int:seq>/remove/", messages.message_remove, name="message-remove"),
]
