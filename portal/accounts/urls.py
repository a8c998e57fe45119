"""Addresses of people, organisations and one's own account; allauth's follow under ``/account/``."""

from django.urls import path

from .views import account, members, organisations, people

app_name = "accounts"

urlpatterns = [
    path("people/", people.list_people, name="person-list"),
    path("people/<str:public_id>/", people.view_person, name="person-detail"),
    path("organisations/", organisations.list_organisations, name="organisation-list"),
    path("organisations/new/", organisations.create_organisation, name="organisation-new"),
    path("organisations/invitations/<str:public_id>/", members.answer_invitation, name="invitation-answer"),
    path(
        "organisations/invitations/<str:public_id>/withdraw/", members.withdraw_invitation, name="invitation-withdraw"
    ),
    path("organisations/<slug:slug>/", organisations.view_organisation, name="organisation-detail"),
    path("organisations/<slug:slug>/edit/", organisations.edit_organisation, name="organisation-edit"),
    path("organisations/<slug:slug>/transitions/", organisations.decide_organisation, name="organisation-decide"),
    path("organisations/<slug:slug>/members/", members.manage_members, name="organisation-members"),
    path("organisations/<slug:slug>/members/<str:public_id>/", members.change_member, name="member-change"),
    path("organisations/<slug:slug>/leave/", members.leave_organisation, name="organisation-leave"),
    path("account/first/", account.create_first_person, name="first-person"),
    path("account/profile/", account.edit_profile, name="profile-edit"),
    path("account/export/", account.export_own_data, name="data-export"),
    path("account/delete/", account.erase_account, name="account-erase"),
]
