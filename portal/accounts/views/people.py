"""The list of people, and one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.face import panels
from portal.kernel.access import fetch
from portal.kernel.paging import page

from ..forms import PeopleFilterForm, language_names
from ..models import Skill, User
from ..queries import common_skills, listed_people
from ..rules import can_view_organisation, can_view_person


def list_people(request: HttpRequest) -> HttpResponse:
    """Everyone with a public profile, twenty a page, by skill and words."""
    form = PeopleFilterForm(request.GET)
    wanted = form.wanted()
    context = {
        "form": form,
        "page": page(listed_people(**wanted), request, order=("display_name", "id")),
        "skills": common_skills(),
        "skill": Skill.objects.filter(slug=wanted["skill"]).first() if wanted["skill"] else None,
        "is_narrowed": any(wanted.values()),
    }
    return render(request, "accounts/list_people.html", context)


def view_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """One person's profile, with what other apps have to say about them."""
    rows = User.objects.select_related("profile").prefetch_related("profile__skills")
    person = fetch(rows, request.user, can_view_person, public_id=public_id)
    memberships = [
        m
        for m in person.memberships.select_related("organisation")
        if can_view_organisation(request.user, m.organisation)
    ]
    context = {
        "person": person,
        "memberships": memberships,
        "languages": language_names(person.profile.languages) if hasattr(person, "profile") else [],
        "panels": panels.PERSON.shown(request, person),
        "own": person.pk == request.user.pk,
    }
    return render(request, "accounts/view_person.html", context)
