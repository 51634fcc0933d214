"""The pages of the site's menu, and the languages to read them in."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page, Site

from home.language import address_in
from home.models import BilingualPage, Text

register = template.Library()


@register.simple_tag(takes_context=True)
def site_menu(context: dict[str, Any]) -> dict[str, Any]:
    """Return {"home": address, "pages": [{"heading": Text, "url"}]}; no pages without a site."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return {"home": "/", "pages": []}
    root = site.root_page
    return {
        "home": root.get_url(request) or "/",
        "pages": [
            {"heading": _heading(page), "url": page.get_url(request)}
            for page in Page.objects.child_of(root).live().in_menu().specific()
        ],
    }


def _heading(page: Page) -> Text:
    if isinstance(page, BilingualPage):
        return page.heading
    return Text(page.title, settings.LANGUAGE_CODE)


@register.simple_tag(takes_context=True)
def languages(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Each language: {"code", "name" in that language, "url" of this page in it, "current"}."""
    request = context.get("request")
    if request is None:
        return []
    return [
        {
            "code": code,
            "name": str(get_language_info(code)["name_local"]).capitalize(),
            "url": address_in(code, request),
            "current": code == get_language(),
        }
        for code, _name in settings.LANGUAGES
    ]
