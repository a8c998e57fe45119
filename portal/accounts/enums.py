"""The words of this app that are stored: states, kinds, roles, sectors, languages."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    """What an organisation is; a microenterprise lives inside another organisation."""

    COMPANY = "company", _("Company")
    MICROENTERPRISE = "microenterprise", _("Microenterprise")
    SUPPLIER = "supplier", _("Supplier")
    UNIVERSITY = "university", _("University")
    LABORATORY = "laboratory", _("Laboratory")
    INVESTOR = "investor", _("Investor")
    INCUBATOR = "incubator", _("Incubator")


class OrganisationState(TextChoices):
    """How far the platform master vouches for an organisation."""

    PENDING = "pending", _("Waiting for verification")
    VERIFIED = "verified", _("Verified")
    DECLINED = "declined", _("Declined")
    SUSPENDED = "suspended", _("Suspended")


class MembershipRole(TextChoices):
    """The position a person holds in an organisation; an owner is its micro-owner."""

    OWNER = "owner", _("Owner")
    MEMBER = "member", _("Member")


class InvitationAnswer(TextChoices):
    """What became of an invitation; an open one has no answer."""

    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Industry(TextChoices):
    """The sections of ISIC Rev. 4 (United Nations, International Standard Industrial Classification)."""

    AGRICULTURE = "A", _("Agriculture, forestry and fishing")
    MINING = "B", _("Mining and quarrying")
    MANUFACTURING = "C", _("Manufacturing")
    ENERGY = "D", _("Electricity, gas, steam and air conditioning supply")
    WATER = "E", _("Water supply, sewerage, waste management")
    CONSTRUCTION = "F", _("Construction")
    TRADE = "G", _("Wholesale and retail trade")
    TRANSPORT = "H", _("Transportation and storage")
    HOSPITALITY = "I", _("Accommodation and food service")
    INFORMATION = "J", _("Information and communication")
    FINANCE = "K", _("Financial and insurance activities")
    PROPERTY = "L", _("Real estate activities")
    SCIENCE = "M", _("Professional, scientific and technical activities")
    SERVICES = "N", _("Administrative and support services")
    GOVERNMENT = "O", _("Public administration and defence")
    EDUCATION = "P", _("Education")
    HEALTH = "Q", _("Human health and social work")
    ARTS = "R", _("Arts, entertainment and recreation")
    OTHER_SERVICES = "S", _("Other service activities")
    HOUSEHOLDS = "T", _("Activities of households")
    EXTRATERRITORIAL = "U", _("Extraterritorial organisations")


class Language(TextChoices):
    """The languages the portal speaks, each named in itself."""

    ENGLISH = "en", "English"
    CHINESE = "zh-hans", "简体中文"
    RUSSIAN = "ru", "Русский"
