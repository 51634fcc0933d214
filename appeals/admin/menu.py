"""“Appeals” in the admin's menu, which only the office sees."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from appeals.access.office import is_in_office

# What registers an item below “Appeals”; see wagtail_hooks.py.
MENU_HOOK = "register_appeals_menu_item"


class OfficeItem(MenuItem):
    """Shown to the office."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_in_office(request.user)


def appeals_menu() -> Any:
    """All that is registered, under one entry; not there for whom nothing of it is."""
    return SubmenuMenuItem(
        _("Appeals"),
        Menu(register_hook_name=MENU_HOOK),
        name="appeals",
        icon_name="mail",
        order=335,
    )
