"""Whether what people type is well-formed. Forms save nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from .enums import Industry, Language, MembershipRole, OrganisationKind
from .models import Organisation, User

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

SPOKEN = (
    *("ar", "bg", "bn", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id"),
    *("it", "ja", "kk", "ko", "lt", "lv", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "sw", "ta"),
    *("te", "th", "tr", "uk", "ur", "vi", "zh-hans", "zh-hant"),
)


def spoken_languages() -> list[tuple[str, str]]:
    """Code and name, each in the reader's language, in its order."""
    named = [(code, str(get_language_info(code)["name_translated"])) for code in SPOKEN]
    return sorted(named, key=lambda pair: pair[1])


def language_names(codes: list[str]) -> list[str]:
    """The names of ``codes`` in the reader's language; codes nobody offers are left out."""
    named = dict(spoken_languages())
    return [named[code] for code in codes if code in named]


def time_zones() -> list[tuple[str, str]]:
    """The zones of the tz database that name a place, and UTC."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in places)]


def country_choices() -> list[tuple[str, str]]:
    """Every country, after an empty choice."""
    return [("", "—"), *((code, str(name)) for code, name in countries)]


class PersonSignupForm(forms.Form):
    """What sign-up asks beyond the address and the password."""

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As others will see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ("display_name", "email", "password1")

    def signup(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Called by allauth with the person it has just made: give them their name and language."""
        assert isinstance(user, User)
        user.display_name = self.cleaned_data["display_name"]
        user.preferred_language = _supported(get_language())
        user.save(update_fields=["display_name", "preferred_language"])


def _supported(code: str | None) -> str:
    return code if code in Language.values else Language.ENGLISH


class FirstPersonForm(forms.Form):
    """Who curates a portal that is still empty."""

    display_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters, and not one that many people use."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        """The password is judged knowing whose it is."""
        cleaned = super().clean() or {}
        if "password" in cleaned:
            person = User(email=cleaned.get("email", ""), display_name=cleaned.get("display_name", ""))
            try:
                validate_password(cleaned["password"], person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned


class PersonProfileForm(forms.Form):
    """What a person tells about themselves."""

    display_name = forms.CharField(label=_("Name"), max_length=120)
    headline = forms.CharField(
        label=_("Headline"), max_length=160, required=False, help_text=_("What you do, in one line.")
    )
    bio = forms.CharField(
        label=_("About you"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Markdown: **bold**, *italic*, lists and links."),
    )
    skills = forms.CharField(
        label=_("Skills"), max_length=2000, required=False, help_text=_("Separated by commas; at most twenty.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    preferred_language = forms.ChoiceField(label=_("Language of mail to you"), choices=Language)
    time_zone = forms.ChoiceField(label=_("Time zone"))
    is_public = forms.BooleanField(
        label=_("Show my profile to everyone"),
        required=False,
        help_text=_("Otherwise only your colleagues and the platform master see it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {"languages": spoken_languages, "country": country_choices, "time_zone": time_zones}
        for name, listed in choices.items():
            self.fields[name].choices = listed()  # type: ignore[attr-defined]

    def clean_skills(self) -> list[str]:
        """The names, in the order they were given."""
        return [name.strip() for name in self.cleaned_data["skills"].replace("，", ",").split(",") if name.strip()]

    @classmethod
    def of(cls, user: User) -> PersonProfileForm:
        """The form as ``user`` filled it last."""
        profile = getattr(user, "profile", None)
        initial = {name: getattr(user, name) for name in ("display_name", "preferred_language", "time_zone")}
        if profile is not None:
            initial |= {name: getattr(profile, name) for name in ("headline", "bio", "languages", "is_public")}
            initial |= {"country": str(profile.country), "skills": ", ".join(s.name for s in profile.skills.all())}
        return cls(initial=initial)


class OrganisationProfileForm(forms.Form):
    """What an organisation says about itself."""

    name = forms.CharField(label=_("Name"), max_length=200)
    country = forms.ChoiceField(label=_("Country"), required=False)
    industry = forms.ChoiceField(label=_("Industry"), choices=[("", "—"), *Industry.choices], required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    ror_id = forms.CharField(
        label=_("ROR id"),
        max_length=9,
        required=False,
        help_text=_("For research organisations: the nine characters after ror.org/."),
    )
    summary = forms.CharField(
        label=_("Summary"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = country_choices()  # type: ignore[attr-defined]

    @classmethod
    def of(cls, organisation: Organisation) -> OrganisationProfileForm:
        """The form as it was filled last."""
        plain = ("name", "industry", "website", "summary")
        initial = {name: getattr(organisation, name) for name in plain}
        return cls(initial=initial | {"country": str(organisation.country), "ror_id": organisation.ror_id or ""})


class OrganisationFoundingForm(OrganisationProfileForm):
    """The same, with what is fixed at the founding."""

    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind)
    parent = forms.ModelChoiceField(
        label=_("Part of"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=_("For a microenterprise: the organisation of yours it lives in."),
    )

    field_order = ("name", "kind", "parent", "country", "industry", "website", "ror_id", "summary")

    def __init__(self, *args: Any, founder: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.filter(pk__in=founder.organisation_ids).order_by("name")
        self.fields["parent"].queryset = mine  # type: ignore[attr-defined]


class MemberInvitationForm(forms.Form):
    """Whom an organisation wants in it."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=MembershipRole, initial=MembershipRole.MEMBER)


class PeopleFilterForm(forms.Form):
    """What the list of people is narrowed to."""

    q = forms.CharField(label=_("Name or headline"), required=False, max_length=100)
    skill = forms.SlugField(required=False, allow_unicode=True, max_length=80, widget=forms.HiddenInput)

    def wanted(self) -> dict[str, str]:
        """What is asked for, as far as it is understood."""
        self.is_valid()
        return {"text": self.cleaned_data.get("q", ""), "skill": self.cleaned_data.get("skill", "")}


class OrganisationFilterForm(forms.Form):
    """What the list of organisations is narrowed to. A word that is no filter is pointed out, and narrows nothing."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any kind")), *OrganisationKind.choices])
    industry = forms.ChoiceField(
        label=_("Industry"), required=False, choices=[("", _("Any industry")), *Industry.choices]
    )

    def wanted(self) -> dict[str, str]:
        """What is asked for, as far as it is understood."""
        self.is_valid()
        given = self.cleaned_data
        return {"text": given.get("q", ""), "kind": given.get("kind", ""), "industry": given.get("industry", "")}


class PersonErasureForm(forms.Form):
    """The last question before an account is gone."""

    sure = forms.BooleanField(label=_("I understand that this cannot be undone."))
