"""Making the first pages, once."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Site

from ..models import BasePage, ContentPage, HomePage, IndexPage
from .articles import ABOUT, GUIDES, Article
from .words import HOMES, HomeWords


def plant() -> bool:
    """Give a portal without a home page its first tree; False when it has one. Safe to call again.

    Wagtail's own welcome page makes way. The one Site keeps standing on the default language's home.
    """
    with transaction.atomic():
        if HomePage.objects.exists():
            return False
        locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
        home = _home(BasePage.get_first_root_node(), locales[settings.LANGUAGE_CODE])
        _open_site_on(home)
        for code, locale in locales.items():
            if locale != home.locale:
                _translate(home, locale, HOMES[code])
        _articles(home)
    return True


def _home(root: BasePage, locale: Locale) -> HomePage:
    words = HOMES[locale.language_code]
    home = HomePage(title=words.title, slug="portal", body=words.body(), locale=locale)
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def _open_site_on(home: HomePage) -> None:
    """Point the one Site at ``home``, and let Wagtail's welcome page go."""
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "site_name": settings.WAGTAIL_SITE_NAME, "hostname": "localhost", "port": 80},
    )
    for page in BasePage.objects.filter(depth=2).exclude(pk=home.pk):
        if page.specific_class is BasePage:
            page.delete()


def _translate(home: HomePage, locale: Locale, words: HomeWords) -> None:
    translated = home.copy_for_translation(locale)
    translated.title, translated.draft_title = words.title, words.title
    translated.body = words.body()
    translated.save_revision().publish()


def _articles(home: HomePage) -> None:
    _article(home, ABOUT)
    guides = IndexPage(title="Guides", slug="guides", intro="Short answers for each position.", locale=home.locale)
    home.add_child(instance=guides)
    guides.save_revision().publish()
    for guide in GUIDES:
        _article(guides, guide)


def _article(parent: BasePage, article: Article) -> None:
    page = ContentPage(
        title=article.title, slug=article.slug, intro=article.intro, body=article.body(), locale=parent.locale
    )
    parent.add_child(instance=page)
    page.save_revision().publish()
