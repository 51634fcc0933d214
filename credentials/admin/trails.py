"""Every page of ours in the admin: its title, and the trail of pages that lead to it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from credentials.people.actors import Person

Trail = list[tuple[str, Any]]  # address and label of each page


def for_readers(user: Person, permission: str, name: str, label: Any) -> Trail:
    """A step of a trail, for those who may open its page; for others there is none."""
    return [(reverse(name), label)] if user.has_perm(permission) else []  # type: ignore[union-attr]


class AdminPage(WagtailAdminTemplateMixin):
    """A page with Wagtail's slim header, which says title and trail; it asks the database nothing.

    A page says `page_title`, `header_icon`, what it is about (`get_page_subtitle`) and its `trail`.
    """

    page_title: Any = ""
    page_subtitle: Any = ""
    header_icon: Any = ""
    request: HttpRequest

    def trail(self) -> Trail:
        """The pages between the admin's home and this one, which may stand last itself."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The trail and this page: what it is about, or its title where the trail names that."""
        steps = self.trail()
        if not steps or steps[-1][0] != self.request.path:
            about = str(self.get_page_subtitle())
            is_named = not about or about in [str(label) for _url, label in steps]
            steps = [*steps, ("", self.get_page_title() if is_named else about)]
        return [*self.breadcrumbs_items, *({"url": url, "label": str(at)} for url, at in steps)]
