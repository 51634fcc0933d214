"""Forms of an annual report."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from credentials.academic_year import AcademicYear
from credentials.choices import Category
from workflows.admin.meetings.forms import SectionForm
from workflows.models import AnnualReport

YEARS_BACK = 10

NarrativeFormSet = forms.formset_factory(
    SectionForm, extra=1, can_order=True, can_delete=True, can_delete_extra=False
)


class BeginForm(forms.Form):
    """Which year is reported on: one that has begun and has no report yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = set(AnnualReport.objects.values_list("begins_in", flat=True))
        this_year = AcademicYear.of(timezone.localdate()).begins_in
        choices = [
            (begins_in, str(AcademicYear(begins_in)))
            for begins_in in range(this_year, this_year - YEARS_BACK, -1)
            if begins_in not in taken
        ]
        self.fields["year"] = forms.TypedChoiceField(
            label=_("Academic year"), coerce=int, choices=choices
        )


class AwardForm(forms.Form):
    """The awards of one category: a figure with its source, or neither."""

    category = forms.ChoiceField(choices=Category.choices, widget=forms.HiddenInput)
    number = forms.IntegerField(label=_("Awards"), min_value=0, max_value=10**9, required=False)
    source = forms.CharField(label=_("Source"), max_length=255, required=False)

    def clean(self) -> dict[str, Any]:
        """A figure needs its source, and a source its figure."""
        data = super().clean() or {}
        if data.get("number") is not None and not data.get("source"):
            self.add_error("source", _("Say where the figure comes from, and as of when."))
        if data.get("source") and data.get("number") is None and "number" not in self.errors:
            self.add_error("number", _("Enter the figure that this source gives; 0 for none."))
        return data

    @property
    def name(self) -> str:
        """The category's name, which heads its fields."""
        return str(Category(self["category"].value()).label)


AwardFormSet = forms.formset_factory(AwardForm, extra=0)


class PresentForm(forms.Form):
    """To whom it was presented, and when."""

    body = forms.CharField(label=_("Presented to"), max_length=200)
    meeting_on = forms.DateField(label=_("Meeting of"), widget=AdminDateInput)
    reference = forms.CharField(
        label=_("Reference of the meeting"),
        max_length=100,
        required=False,
        help_text=_("Such as the number of its minutes."),
    )


class AddendumForm(forms.Form):
    """A correction."""

    heading = forms.CharField(label=_("What it corrects"), max_length=200)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 6}))
