"""Forms of OSAP records."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.academic_year import AcademicYear
from credentials.models import MicroCredential, OsapEvent, OsapRecord, OsapYear
from credentials.osap.eligibility import beyond_limits

Act = OsapEvent.Act


class FiguresForm(forms.ModelForm):
    """A record's figures; those beyond the limits of its year are refused at their fields."""

    class Meta:
        model = OsapRecord
        fields = (
            "weeks",
            "hours",
            "delivery",
            "tuition",
            "cip",
            "noc_1",
            "noc_2",
            "noc_3",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("weeks", "hours"):
            setattr(self.instance, name, cleaned.get(name))
        for misfit in beyond_limits(self.instance):
            self.add_error(misfit.field, misfit.sentence)
        return cleaned


class PaperForm(forms.Form):
    """The ministry's reference and a note."""

    reference = forms.CharField(
        label=_("Reference of the ministry"), max_length=100, required=False
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Seen by the Department only."),
    )

    def __init__(self, *args: Any, act: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].required = act == Act.APPROVED
        if act in (Act.SUBMITTED, Act.REOPENED):
            self.fields["reference"].help_text = _("If there is one already.")


class LimitsForm(forms.ModelForm):
    """The ministry's limits of a year."""

    class Meta:
        model = OsapYear
        fields = ("under_weeks", "least_hours", "most_hours")


class OpenForm(forms.Form):
    """Which micro-credential, and for which year: this one or the next two."""

    offering: forms.ModelChoiceField = forms.ModelChoiceField(
        MicroCredential.objects.none(), label=_("Micro-credential")
    )
    year = forms.ChoiceField(label=_("Academic year"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offering: Any = self.fields["offering"]
        offering.queryset = MicroCredential.objects.live().order_by("title")
        year = AcademicYear.of(timezone.localdate())
        years = (year, year.following, year.following.following)
        choices: Any = self.fields["year"]
        choices.choices = [(str(each), str(each)) for each in years]
