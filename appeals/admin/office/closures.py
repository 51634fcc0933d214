"""Closures of the university in the admin: the register, adding one, taking one back (AP-2)."""

from typing import Any

from django.contrib import messages as flashes
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import Button, HeaderButton

from appeals.access.door import open_list
from appeals.access.office import require_office
from appeals.admin.office.pages import OfficePage
from appeals.choices import Looked
from appeals.deadlines.closing_days import add_closure, remove_closure
from appeals.deadlines.holiday_gaps import not_made_up
from appeals.deadlines.moved_deadlines import moved_by_adding, moved_by_removing
from appeals.models import Procedure, UniversityClosure
from appeals.models.cases import CaseQuerySet
from appeals.rules.working_days import holidays_of
from credentials.admin.table_exports import export
from credentials.admin.trails import Trail
from credentials.message_templates.bilingual import active_language

NAMESPACE = "appeal_closures"
YEARS_SHOWN = 3


class ClosureForm(WagtailAdminModelForm):
    """The days of a closure and its names; the model says what is wrong with them."""

    class Meta:
        model = UniversityClosure
        fields = ["first_day", "last_day", "name_en", "name_fr"]
        widgets = {"first_day": AdminDateInput, "last_day": AdminDateInput}


class ClosurePage(OfficePage):
    """What the pages of closures share."""

    page_title = gettext_lazy("University closures")
    header_icon = "calendar-alt"

    def trail(self) -> Trail:
        return [(reverse(f"{NAMESPACE}:index"), _("University closures"))]

    def cases(self) -> CaseQuerySet:
        """The cases whose deadlines this person may see; that they looked is logged."""
        detail = _("Deadlines that a closure moves")
        return open_list(self.request.user, Looked.BOARD, detail=detail)


class ClosuresView(ClosurePage):
    """All closures, the latest first, beside the public holidays of this year and the next."""

    template_name = "appeals/admin/closures/index.html"

    @cached_property
    def header_buttons(self) -> list[Button]:
        """Adding one."""
        url = reverse(f"{NAMESPACE}:add")
        return [HeaderButton(label=_("Add a closure"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        closures = UniversityClosure.objects.order_by("-first_day")
        procedure = Procedure.objects.in_force().first()
        province = procedure.province if procedure else ""
        years = range(today.year, today.year + YEARS_SHOWN) if province else ()
        language = active_language()
        gaps = {
            day: name
            for year in years
            for day, name in not_made_up(province, language, year).items()
        }
        return {
            **super().get_context_data(**kwargs),
            "rows": [(closure, not closure.has_begun(today)) for closure in closures],
            "province": procedure.get_province_display() if procedure else "",
            "holidays": [
                (year, sorted(holidays_of(province, language, year).items())) for year in years
            ],
            "gaps": sorted((day, name) for day, name in gaps.items() if day >= today),
        }


class AddClosureView(ClosurePage):
    """Add a closure. Shows which open deadlines it moves before it is added."""

    template_name = "appeals/admin/closures/add.html"
    page_subtitle = gettext_lazy("Add a closure")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", ClosureForm())
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show its effect; add it when that was confirmed."""
        form = ClosureForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        closure = form.instance
        if "confirmed" not in request.POST:
            moved = moved_by_adding(closure.as_closure(), self.cases())
            return self.render_to_response(
                self.get_context_data(form=form, closure=closure, moved=moved)
            )
        add_closure(closure, request.user)
        flashes.success(request, _("“%(name)s” was added.") % {"name": closure.name})
        return redirect(f"{NAMESPACE}:index")


class RemoveClosureView(ClosurePage):
    """Take back a closure that lies in the future. Asks first."""

    template_name = "appeals/admin/closures/remove.html"
    page_subtitle = gettext_lazy("Remove a closure")

    @cached_property
    def closure(self) -> UniversityClosure:
        """The closure that the address names, or 404."""
        return get_object_or_404(UniversityClosure, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        moved = moved_by_removing(self.closure, self.cases())
        return {
            **super().get_context_data(**kwargs),
            "closure": self.closure,
            "moved": moved,
            "has_begun": self.closure.has_begun(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Remove it."""
        try:
            remove_closure(self.closure, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            flashes.success(request, _("“%(name)s” was removed.") % {"name": self.closure.name})
        return redirect(f"{NAMESPACE}:index")


def closures_export(request: HttpRequest, extension: str) -> HttpResponseBase:
    """All closures as CSV or XLSX."""
    require_office(request.user)
    headings = [_("First day"), _("Last day"), _("Name"), _("Added at"), _("Added by")]
    rows = (
        [row.first_day, row.last_day, row.name, row.added_at, row.added_by_name]
        for row in UniversityClosure.objects.order_by("-first_day")
    )
    return export("university-closures", extension, [headings, *rows])
