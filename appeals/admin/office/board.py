"""The board: open cases by stage with their deadlines, the most urgent first (AP-2)."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy as _

from appeals.access.office import is_in_office
from appeals.admin.pages import TEMPLATES, AppealsPage, Confidential, ThroughTheListsDoor
from appeals.cards import cards
from appeals.choices import Looked
from appeals.rules.life import NOT_CLOSED


class BoardView(Confidential, ThroughTheListsDoor, AppealsPage):
    """All open cases that the person may see."""

    template_name = f"{TEMPLATES}/board.html"
    page_title = _("Appeals")
    what = Looked.BOARD

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        on_board = cards(self.cases)
        columns = [(stage, [c for c in on_board if c.stage == stage]) for stage in NOT_CLOSED]
        workload = Counter(card.assignee for card in on_board)
        return {
            **super().get_context_data(**kwargs),
            "overdue": [card for card in on_board if card.is_overdue],
            "columns": [(stage, found) for stage, found in columns if found],
            "count": len(on_board),
            "workload": sorted(workload.items(), key=lambda item: (item[0] == "", item[0])),
            "keeps": is_in_office(self.request.user),
        }
