"""The pages of the site's menu."""

from typing import Any

from django import template
from wagtail.models import Page, Site

register = template.Library()


@register.simple_tag(takes_context=True)
def site_menu(context: dict[str, Any]) -> dict[str, Any]:
    """Return {"home": address, "pages": pages in the menu below it}; empty without a site."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return {"home": "/", "pages": []}
    root = site.root_page
    return {
        "home": root.get_url(request) or "/",
        "pages": [
            {"title": page.title, "url": page.get_url(request)}
            for page in Page.objects.child_of(root).live().in_menu()
        ],
    }
