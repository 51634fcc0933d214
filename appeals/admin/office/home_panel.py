"""“Appeals near their limit”, on the home page of those who see cases (AP-2)."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from appeals.access.door import sees_cases, visible_cases
from appeals.cards import Card, cards

MOST = 8  # a home page is no register


class NearLimitPanel(Component):
    """Cases that are overdue or nearly so: numbers, stages and deadlines, no names.

    Where there are none, a sentence says so, with how many are open.
    """

    name = "appeals_near_limit"
    template_name = "appeals/admin/home_panel.html"
    order = 70

    def __init__(self, on_board: list[Card]) -> None:
        self.near = [card for card in on_board if card.is_overdue or card.is_near]
        self.open_count = len(on_board)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The first few."""
        return {"cards": self.near[:MOST], "open_count": self.open_count}


def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Add the panel for those who see cases."""
    if sees_cases(request.user):
        panels.append(NearLimitPanel(cards(visible_cases(request.user))))
