"""Who changed what in a version of the procedure while it was a draft (AP-2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.admin.procedures.pages import ProcedurePage
from appeals.admin.procedures.words import FIELDS, PARTS
from appeals.models import Ground, LetterTemplate, Procedure, ProcedureStep
from credentials.changing_records import states_of
from credentials.people.actors import name_of
from credentials.timeline import Changed

HISTORIES: dict[str, Any] = {
    "grounds": Ground,
    "steps": ProcedureStep,
    "letters": LetterTemplate,
}
REMOVED = "-"


@dataclass(frozen=True)
class Edit:
    """One saved change: when, by whom, of what, and how; `what` is empty for the version itself."""

    at: datetime
    by: str
    what: str
    changes: tuple[Changed, ...]
    is_removed: bool = False


class HistoryView(ProcedurePage):
    """Every change of a version since it was begun as a copy, the latest first."""

    template_name = "appeals/admin/procedure/history.html"
    page_subtitle = gettext_lazy("History")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        edits = sorted(edits_of(self.procedure), key=lambda edit: edit.at, reverse=True)
        return {**super().get_context_data(**kwargs), "procedure": self.procedure, "edits": edits}


def edits_of(procedure: Procedure) -> Iterator[Edit]:
    """The changes of a version and of its parts, one query for each kind of part."""
    yield from _edits(Procedure.history.filter(id=procedure.pk), FIELDS, is_part=False)
    for name, model in HISTORIES.items():
        rows = model.history.filter(procedure_id=procedure.pk)
        yield from _edits(rows, PARTS[name][1], is_part=True)


def _edits(rows: Any, fields: tuple[str, ...], *, is_part: bool) -> Iterator[Edit]:
    ordered = list(rows.select_related("history_user").order_by("history_date", "history_id"))
    for row, changes, is_first in states_of(ordered, fields, "id"):
        if not is_first:
            yield Edit(row.history_date, _who(row), _what(row) if is_part else "", changes)
    for row in ordered:
        if row.history_type == REMOVED:
            yield Edit(row.history_date, _who(row), _what(row), (), is_removed=True)


def _who(row: Any) -> str:
    return name_of(row.history_user) if row.history_user else _("unknown")


def _what(row: Any) -> str:
    return f"{capfirst(row.instance_type._meta.verbose_name)} “{row.instance}”"
