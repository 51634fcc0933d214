"""The register of appeals: found by stage and year, exported; each look at it is logged."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from appeals.access.door import open_list, sees_cases, visible_cases
from appeals.admin import reasons
from appeals.admin.pages import NAMESPACE, PRIVATE
from appeals.choices import Looked, Outcome, Stage
from appeals.exceptions import ReasonNeeded
from appeals.models import Case
from appeals.models.cases import CaseQuerySet
from credentials.admin.register_index import RegisterIndexView
from credentials.admin.registers import Column, Register, exported
from credentials.people.actors import Person


class StageFilter(admin.SimpleListFilter):
    """Where a case stands."""

    title = _("stage")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(stage.value, str(stage.label)) for stage in Stage]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(standing=self.value()) if self.value() in Stage.values else queryset


class OutcomeFilter(admin.SimpleListFilter):
    """How a case ended."""

    title = _("outcome")
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(outcome.value, str(outcome.label)) for outcome in Outcome]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(result=self.value()) if self.value() in Outcome.values else queryset


class CaseIndexView(RegisterIndexView):
    """Goes through the door of lists before anything is read."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_export = request.GET.get("export") in ("csv", "xlsx")
        try:
            open_list(
                request.user,
                Looked.EXPORT if is_export else Looked.REGISTER,
                detail=request.GET.get("export", "") if is_export else "",
                reason=reasons.given(request),
            )
        except ReasonNeeded:
            return redirect(f"{NAMESPACE}:reason")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        for name, value in PRIVATE.items():
            response[name] = value
        return response


class CaseRegister(Register):
    """All appeals that the person may see, newest first."""

    model = Case
    menu_label = _("Register of appeals")
    menu_icon = "form"
    add_to_admin_menu = False
    index_view_class = CaseIndexView
    columns = (
        Column("number", page=f"{NAMESPACE}:case", key="number"),
        "filed_at",
        exported("is_late"),
        "appellant_name",
        "offering_title",
        exported("offering_category"),
        "where",
        exported("assignee"),
        "ended",
        exported("procedure"),
    )
    list_filter = (StageFilter, OutcomeFilter, "is_late", "filed_at")
    # A name that is searched for would stand in the address, and so in logs.
    search_fields = ("number",)
    list_select_related = ("procedure",)
    export_filename = "appeals"

    def may_read(self, user: Person) -> bool:
        """The door decides (`appeals.access.door`), not a permission that a group can be given."""
        return sees_cases(user)

    def get_queryset(self, request: HttpRequest) -> CaseQuerySet:
        """Those of the person's own decisions are not among them."""
        cases = visible_cases(request.user).with_standing()
        return cases.select_related("procedure").order_by(*self.get_ordering(request))

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-filed_at", "-pk")

    @admin.display(description=_("stage"))
    def where(self, case: Case) -> str:
        """In words."""
        return str(case.stage.label)

    @admin.display(description=_("worked by"))
    def assignee(self, case: Case) -> str:
        """Who works it."""
        return getattr(case, "assignee", "") or ""

    @admin.display(description=_("outcome"))
    def ended(self, case: Case) -> str:
        """How it ended, if it has."""
        result = getattr(case, "result", None)
        return str(Outcome(result).label) if result else ""
