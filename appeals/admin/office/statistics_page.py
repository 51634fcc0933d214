"""Yearly figures of closed appeals, in which nobody is recognized."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.access.door import is_decider
from appeals.access.office import is_in_office
from appeals.acts.filing import procedure_in_force
from appeals.admin.pages import TEMPLATES, AppealsPage, Confidential
from appeals.choices import Outcome
from appeals.models import Ground
from appeals.statistics import YearFigures, yearly
from credentials.choices import Category


class StatisticsView(Confidential, AppealsPage):
    """For the office and the decider."""

    template_name = f"{TEMPLATES}/statistics.html"
    page_title = gettext_lazy("Yearly figures of appeals")
    header_icon = "table"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_in_office(request.user) and not is_decider(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        least = procedure_in_force().small_count
        names = {ground.key: ground.name for ground in Ground.objects.order_by("pk")}
        return {
            **super().get_context_data(**kwargs),
            "small_count": least,
            "years": [_shown(figures, least, names) for figures in yearly(least)],
        }


def _shown(figures: YearFigures, least: int, grounds: dict[str, str]) -> dict[str, Any]:
    outcomes = {one.value: str(one.label) for one in Outcome}
    categories = {one.value: str(one.label) for one in Category}
    below = _("fewer than %(least)s") % {"least": least}
    tables = (
        (_("By outcome"), figures.outcomes, outcomes),
        (_("By category"), figures.categories, categories),
        (_("By ground"), figures.grounds, grounds),
    )
    return {
        "begins_in": figures.year.begins_in,
        "label": str(figures.year),
        "total": below if figures.total is None else figures.total,
        "median_days": _("not shown") if figures.median_days is None else figures.median_days,
        "tables": [
            {
                "title": title,
                "rows": [
                    (names.get(key) or key or _("Not known"), _count(count))
                    for key, count in sorted(counts.items())
                ],
            }
            for title, counts, names in tables
        ],
    }


def _count(count: int | None) -> str:
    return _("not shown") if count is None else str(count)
