"""Addresses of rooms and their messages."""

from django.urls import URLPattern, path

from . import views

app_name = "discussions"

urlpatterns: list[URLPattern] = [
    path("rooms/", views.room_list, name="room-list"),
    path("rooms/new/", views.room_found, name="room-found"),
    path("rooms/<str:public_id>/", views.room_detail, name="room-detail"),
    path("rooms/<str:public_id>/close/", views.room_close, name="room-close"),
    path("rooms/<str:public_id>/read/", views.room_read, name="room-read"),
    path("rooms/<str:public_id>/messages/", views.message_list, name="message-list"),
    path("rooms/<str:public_id>/messages/new/", views.message_post, name="message-post"),
    path("rooms/<str:public_id>/messages/<int:seq>/edit/", views.message_edit, name="message-edit"),
    path("rooms/<str:public_id>/messages/<int:seq>/remove/", views.message_remove, name="message-remove"),
]
