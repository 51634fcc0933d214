"""Forms of the procedure's pages."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from appeals.models import Procedure
from credentials.admin.policy import versioned_forms
from credentials.admin.policy.versioned_forms import free_label


class ProcedureForm(WagtailAdminModelForm):
    """A draft with its grounds and steps."""

    def clean_label(self) -> str:
        """A label names one version for ever."""
        return free_label(Procedure, self.cleaned_data["label"], self.instance.pk)

    def clean_cut_off(self) -> datetime.time:
        """Times are counted to the minute."""
        cut_off: datetime.time = self.cleaned_data["cut_off"]
        return cut_off.replace(second=0, microsecond=0)


PANELS = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("label"),
                FieldRowPanel([FieldPanel("title_en"), FieldPanel("title_fr")]),
                FieldPanel("who_en"),
                FieldPanel("who_fr"),
                FieldPanel("changes"),
            ],
            heading=gettext_lazy("What it is"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("time_limit"), FieldPanel("clock_start")]),
                FieldRowPanel([FieldPanel("cut_off"), FieldPanel("time_zone")]),
                FieldPanel("province"),
            ],
            heading=gettext_lazy("Time to appeal, and how days are counted"),
        ),
        InlinePanel(
            "grounds", heading=gettext_lazy("Grounds"), label=gettext_lazy("ground"), min_num=1
        ),
        InlinePanel("steps", heading=gettext_lazy("Steps"), label=gettext_lazy("step")),
        MultiFieldPanel(
            [
                FieldPanel("accepts_late"),
                FieldRowPanel([FieldPanel("most_extensions"), FieldPanel("extension_days")]),
                FieldPanel("extension_reasons_en"),
                FieldPanel("extension_reasons_fr"),
            ],
            heading=gettext_lazy("Extensions"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("retention_years"), FieldPanel("small_count")])],
            heading=gettext_lazy("Records"),
        ),
    ],
    base_form_class=ProcedureForm,
)


class NewDraftForm(versioned_forms.NewDraftForm):
    """How the next version will be called."""

    model = Procedure
    label_help = gettext_lazy("Kept with every case filed under it, so make it lasting.")


class AdoptForm(versioned_forms.AdoptForm):
    """The day on which a version takes force, and that the office knows what that means."""

    day_help = gettext_lazy("Today or later. Cases filed before it keep their version.")


class PreviewForm(forms.Form):
    """A decision whose time to appeal is to be seen. Times are those of the version's zone."""

    decided_on = forms.DateField(
        label=gettext_lazy("Date of the decision"), widget=AdminDateInput, required=False
    )
    received_on = forms.DateField(label=gettext_lazy("Received on"), widget=AdminDateInput)
    received_at = forms.TimeField(label=gettext_lazy("Received at"), widget=AdminTimeInput)

    def clean(self) -> dict[str, Any]:
        """A decision is received once it is taken; without its date, it was taken that day."""
        cleaned: dict[str, Any] = super().clean() or {}
        received_on = cleaned.get("received_on")
        if received_on and cleaned.get("decided_on") is None:
            cleaned["decided_on"] = received_on
        if received_on and cleaned["decided_on"] > received_on:
            self.add_error(
                "received_on",
                _("A decision is not received before it is taken. Correct one of the days."),
            )
        for name in ("decided_on", "received_on"):
            day = cleaned.get(name)
            if day and abs(day.year - timezone.localdate().year) > YEARS_AROUND:
                self.add_error(
                    name,
                    _("Choose a day within %(years)s years of today.") % {"years": YEARS_AROUND},
                )
        return cleaned


YEARS_AROUND = 20
