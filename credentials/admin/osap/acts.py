"""What is done to OSAP records in the admin: figures changed, steps taken, records opened."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from credentials.academic_year import AcademicYear
from credentials.admin.osap.forms import FiguresForm, LimitsForm, OpenForm, PaperForm
from credentials.admin.osap.pages import NAMESPACE, TEMPLATES, OsapPage, RecordPage
from credentials.admin.trails import Trail
from credentials.keys import keys_in
from credentials.models import OsapEvent, OsapRecord, OsapYear
from credentials.osap import new_records, transitions
from credentials.osap.eligibility import findings
from credentials.osap.keepers import OsapRefused
from credentials.osap.years import change_limits

Act = OsapEvent.Act


class FormPage(OsapPage):
    """A page with one form: `make_form` makes it, `carry_out` does what it asks."""

    template_name = f"{TEMPLATES}/form.html"
    confirmation: Any = gettext_lazy("Save")

    def make_form(self, data: Any = None) -> forms.BaseForm:
        """The form, bound to what was sent if anything was."""
        raise NotImplementedError

    def carry_out(self, form: Any) -> HttpResponse:
        """Do it, and go on. Raises OsapRefused or ValidationError."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry it out, or show the form with what is wrong."""
        form = self.make_form(request.POST)
        if form.is_valid():
            try:
                return self.carry_out(form)
            except (OsapRefused, ValidationError) as refused:
                form.add_error(
                    None, refused if isinstance(refused, ValidationError) else str(refused)
                )
        context = self.get_context_data(form=form)
        return self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            kwargs["form"] = self.make_form()
        return {
            **super().get_context_data(**kwargs),
            "confirmation": self.confirmation,
        }


class EditView(FormPage, RecordPage):
    """The figures, while they are prepared."""

    page_title = gettext_lazy("Figures for the ministry")

    def make_form(self, data: Any = None) -> FiguresForm:
        return FiguresForm(data, instance=self.record)

    def carry_out(self, form: FiguresForm) -> HttpResponse:
        transitions.change_figures(form.instance, self.request.user)
        messages.success(self.request, _("The figures are kept."))
        return self.show_record()


class TakeFiguresView(RecordPage):
    """Weeks, hours, delivery and tuition as the offering has them, by POST."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take them, and show the record."""
        try:
            transitions.take_offered_figures(self.record, request.user)
        except (OsapRefused, ValidationError) as refused:
            messages.error(request, " ".join(getattr(refused, "messages", [str(refused)])))
        else:
            messages.success(request, _("The figures are those of the offering now."))
        return self.show_record()


class ActView(FormPage, RecordPage):
    """One step of a record, with the ministry's reference and a note."""

    doing = {
        Act.SUBMITTED: (gettext_lazy("Mark as submitted"), transitions.submit),
        Act.APPROVED: (gettext_lazy("Record the approval"), transitions.approve),
        Act.DECLINED: (gettext_lazy("Record that it is declined"), transitions.decline),
        Act.REOPENED: (gettext_lazy("Take back to prepare"), transitions.reopen),
        Act.REPORTED: (
            gettext_lazy("Record that the change is reported"),
            transitions.report_change,
        ),
    }
    consequences = {
        Act.SUBMITTED: gettext_lazy("Its figures cannot be changed while the ministry has it."),
        Act.APPROVED: gettext_lazy("The public page and the catalogue say at once that it is so."),
        Act.DECLINED: gettext_lazy(
            "If the public page says that OSAP is approved, it stops saying so at once."
        ),
        Act.REOPENED: gettext_lazy("Its figures can be changed, and it is to be sent again."),
        Act.REPORTED: gettext_lazy("Its figures become those of the offering as it is published."),
    }

    @cached_property
    def act(self) -> Act:
        """The act that the address names, or 404."""
        try:
            act = Act(self.kwargs["act"])
        except ValueError as unknown:
            raise Http404 from unknown
        if act not in self.doing:
            raise Http404
        return act

    @property
    def page_title(self) -> Any:
        """What it does."""
        return self.doing[self.act][0]

    @property
    def confirmation(self) -> Any:
        """The button says the same."""
        return self.doing[self.act][0]

    def make_form(self, data: Any = None) -> PaperForm:
        return PaperForm(data, act=self.act)

    def carry_out(self, form: PaperForm) -> HttpResponse:
        act = self.doing[self.act][1]
        act(self.record, self.request.user, transitions.Paper(**form.cleaned_data))
        messages.success(
            self.request,
            _("%(record)s: %(act)s.") % {"record": self.record, "act": self.act.label},
        )
        return self.show_record()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "consequence": self.consequences[self.act],
        }


class OpenView(FormPage):
    """A record for a micro-credential and a year that has none yet."""

    page_title = gettext_lazy("Open a record")
    confirmation = gettext_lazy("Open")

    def make_form(self, data: Any = None) -> OpenForm:
        return OpenForm(data, initial={"offering": self.request.GET.get("offering")})

    def carry_out(self, form: OpenForm) -> HttpResponse:
        year = AcademicYear.named(form.cleaned_data["year"])
        record = new_records.open_by_hand(form.cleaned_data["offering"], year, self.request.user)
        return redirect(f"{NAMESPACE}:record", record.pk)


class CarryForwardView(RecordPage):
    """The next year's record, by POST."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open it, and show it."""
        try:
            record = new_records.carry_forward(self.record, request.user)
        except OsapRefused as refused:
            messages.error(request, str(refused))
            return self.show_record()
        messages.success(request, _("Opened for %(year)s.") % {"year": record.year})
        return redirect(f"{NAMESPACE}:record", record.pk)


class SubmitAllView(FormPage):
    """Several records marked as submitted, after a page that lists them."""

    template_name = f"{TEMPLATES}/submit_all.html"
    page_title = gettext_lazy("Mark as submitted")
    confirmation = gettext_lazy("Yes, they were sent")

    @cached_property
    def records(self) -> list[OsapRecord]:
        """Those that were chosen and can be sent, by their keys in the address or the form."""
        chosen = self.request.POST.getlist("record") or self.request.GET.getlist("record")
        records = OsapRecord.objects.in_state(OsapRecord.State.TO_PREPARE).filter(
            pk__in=keys_in(chosen)
        )
        return list(records.select_related("offering", "year"))

    def make_form(self, data: Any = None) -> PaperForm:
        return PaperForm(data, act=Act.SUBMITTED)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list, or back to the register when nothing fit was chosen."""
        if not self.records:
            messages.warning(request, _("Choose at least one record that is to prepare."))
            return redirect(f"{NAMESPACE}:index")
        return super().get(request, *args, **kwargs)

    def carry_out(self, form: PaperForm) -> HttpResponse:
        sent = transitions.submit_all(
            self.records, self.request.user, transitions.Paper(**form.cleaned_data)
        )
        messages.success(self.request, _("Marked as submitted: %(count)s.") % {"count": sent})
        return redirect(f"{NAMESPACE}:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [(record, findings(record)) for record in self.records]
        return {
            **super().get_context_data(**kwargs),
            "rows": rows,
            "held_up": any(found for _record, found in rows),
        }


class YearsView(OsapPage):
    """The limits of every year."""

    template_name = f"{TEMPLATES}/years.html"
    page_title = gettext_lazy("Limits by year")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years = OsapYear.objects.all()
        return {**super().get_context_data(**kwargs), "years": years}


class LimitsView(FormPage):
    """The limits of one year."""

    page_title = gettext_lazy("Limits of a year")

    @cached_property
    def year(self) -> OsapYear:
        """The year that the address names, or 404."""
        return get_object_or_404(OsapYear, pk=self.kwargs["pk"])

    def trail(self) -> Trail:
        return [*super().trail(), (reverse(f"{NAMESPACE}:years"), _("Limits by year"))]

    def get_page_subtitle(self) -> str:
        return str(self.year)

    def make_form(self, data: Any = None) -> LimitsForm:
        return LimitsForm(data, instance=self.year)

    def carry_out(self, form: LimitsForm) -> HttpResponse:
        change_limits(form.instance, self.request.user)
        messages.success(self.request, _("The limits of %(year)s are kept.") % {"year": self.year})
        return redirect(f"{NAMESPACE}:years")
