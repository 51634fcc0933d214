"""The office files an appeal for somebody who came in person, by post or by telephone (AP-2)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from appeals.access.office import is_in_office
from appeals.acts.filing import Filing, FirstDecider, file_for, procedure_in_force
from appeals.admin.pages import NAMESPACE, TEMPLATES, AppealsPage, Confidential
from appeals.exceptions import CaseRefused
from appeals.models import Procedure
from credentials.models import Offering

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_LONG = forms.Textarea(attrs={"rows": 6})
_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class FilingForm(forms.Form):
    """What is known of an appeal when it comes in."""

    appellant_name = forms.CharField(label=gettext_lazy("Appellant’s name"), max_length=200)
    appellant_email = forms.EmailField(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("Links to the case go there.")
    )
    appellant_phone = forms.CharField(
        label=gettext_lazy("Telephone"), max_length=50, required=False
    )
    student_number = forms.CharField(
        label=gettext_lazy("Student number"), max_length=50, required=False
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of letters"), choices=[("en", "English"), ("fr", "Français")]
    )
    filed_at = forms.DateTimeField(
        label=gettext_lazy("Arrived"),
        required=False,
        widget=_MOMENT,
        help_text=gettext_lazy("If it came earlier than now; deadlines count from then."),
    )
    offering: forms.ModelChoiceField = forms.ModelChoiceField(
        Offering.objects.none(), label=gettext_lazy("Offering"), required=False
    )
    offering_title = forms.CharField(
        label=gettext_lazy("Or what it is called"), max_length=255, required=False
    )
    decision = forms.CharField(label=gettext_lazy("Decision under appeal"), widget=_LONG)
    decision_body = forms.CharField(
        label=gettext_lazy("Office or body that took it"), max_length=200, required=False
    )
    respondent_name = forms.CharField(
        label=gettext_lazy("Who took it"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "They are asked for a response, and neither see nor work the appeal. Others who took "
            "part are recorded afterwards."
        ),
    )
    respondent_email = forms.EmailField(label=gettext_lazy("Their e-mail"), required=False)
    decided_on = forms.DateField(label=gettext_lazy("Date of the decision"), widget=_DAY)
    received_on = forms.DateField(
        label=gettext_lazy("Received by the appellant on"), required=False, widget=_DAY
    )
    received_time = forms.TimeField(
        label=gettext_lazy("At"),
        required=False,
        widget=forms.TimeInput({"type": "time"}),
        help_text=gettext_lazy("After the cut-off, it counts as received on the next working day."),
    )
    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("Grounds"), widget=forms.CheckboxSelectMultiple
    )
    statement = forms.CharField(label=gettext_lazy("Statement"), widget=_LONG)
    remedy = forms.CharField(
        label=gettext_lazy("Remedy sought"), required=False, widget=forms.Textarea({"rows": 3})
    )
    late_reason = forms.CharField(
        label=gettext_lazy("Reason for filing late"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("If the time to appeal was over when it arrived."),
    )

    def __init__(self, *args: Any, procedure: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds: Any = self.fields["grounds"]
        grounds.choices = [(ground.key, ground.name) for ground in procedure.grounds.all()]
        offering: Any = self.fields["offering"]
        offering.queryset = Offering.objects.live().order_by("title")

    def filing(self) -> Filing:
        """What was given, for `file_for`."""
        given = dict(self.cleaned_data)
        given.pop("filed_at")
        name, email = given.pop("respondent_name"), given.pop("respondent_email")
        deciders = [FirstDecider(name, email, is_respondent=True)] if name.strip() else []
        return Filing(**given, first_deciders=deciders)


class FileView(Confidential, AppealsPage):
    """For the office only; to everybody else there is no such page."""

    template_name = f"{TEMPLATES}/file.html"
    page_title = gettext_lazy("File an appeal for somebody")
    header_icon = "plus"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_in_office(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """File it, or show what is wrong."""
        form = FilingForm(request.POST, procedure=procedure_in_force())
        if form.is_valid():
            try:
                at = form.cleaned_data["filed_at"] or timezone.now()
                case = file_for(request.user, form.filing(), at)
            except ValidationError as refused:
                form.add_error(None, refused)
            except CaseRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("The appeal is filed."))
                return redirect(f"{NAMESPACE}:case", case.number)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            kwargs["form"] = FilingForm(procedure=procedure_in_force())
        return super().get_context_data(**kwargs)
