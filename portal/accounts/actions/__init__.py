"""What happens to people and organisations: the same from page, API, shell and command line."""

from .members import (
    accept_invitation,
    add_member,
    change_role,
    decline_invitation,
    invite_member,
    leave_organisation,
    remove_member,
    withdraw_invitation,
)
from .organisations import decide_organisation, edit_organisation, found_organisation
from .people import appoint_first_person, edit_person, end_sessions, erase_person

__all__ = [
    "accept_invitation",
    "add_member",
    "appoint_first_person",
    "change_role",
    "decide_organisation",
    "decline_invitation",
    "edit_organisation",
    "edit_person",
    "end_sessions",
    "erase_person",
    "found_organisation",
    "invite_member",
    "leave_organisation",
    "remove_member",
    "withdraw_invitation",
]
