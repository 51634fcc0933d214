"""Entries of governance in the admin's menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from workflows.admin.committees.motion_detail import REGISTER


class GovernanceItem(MenuItem):
    """Shown to those who may read decisions."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("workflows.view_meeting"))


def committee_menu() -> Any:
    """Meetings and committees under one entry."""
    items = [
        GovernanceItem(
            _("Reviews by due date"), reverse("governance:review_calendar"), icon_name="rotate"
        ),
        GovernanceItem(_("Meetings"), reverse("governance:meetings"), icon_name="calendar-alt"),
        GovernanceItem(_("Committees"), reverse(REGISTER), icon_name="group"),
    ]
    return SubmenuMenuItem(
        _("Committee work"), Menu(items=items), name="committee-work", icon_name="group", order=330
    )
