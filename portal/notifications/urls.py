"""Addresses of the inbox and the kept mail."""

from django.urls import path

from . import views

app_name = "notifications"

urlpatterns = [
    path("notifications/", views.list_notifications, name="inbox"),
    path("notifications/read/", views.mark_all_read, name="mark-all-read"),
    path("notifications/preferences/", views.edit_preferences, name="preferences"),
    path("notifications/mute/", views.mute_thread, name="mute"),
    path("notifications/stop/<str:token>/", views.stop_mail, name="stop"),
    path("notifications/<str:public_id>/read/", views.read_notification, name="notification-read"),
    path("notifications/<str:public_id>/dismiss/", views.dismiss_notification, name="notification-dismiss"),
    path("notifications/<str:public_id>/restore/", views.restore_notification, name="notification-restore"),
    path("notifications/<str:public_id>/", views.open_notification, name="notification-open"),
    path("outbox/", views.list_sent_mail, name="sent-mail-list"),
    path("outbox/<str:public_id>/", views.view_sent_mail, name="sent-mail-detail"),
]
