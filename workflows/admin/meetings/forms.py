"""Forms of a meeting."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from workflows.choices import AgendaPart
from workflows.meetings.consent_votes import AT_ONCE
from workflows.models import Meeting


class MeetingForm(forms.ModelForm):
    """When and where."""

    class Meta:
        model = Meeting
        fields = ("committee", "starts_at", "ends_at", "place", "link", "short_notice_reason")
        widgets = {
            "starts_at": AdminDateTimeInput,
            "ends_at": AdminDateTimeInput,
            "short_notice_reason": forms.Textarea(attrs={"rows": 2}),
        }

    def clean(self) -> dict[str, Any]:
        """A place or a link; an end after the beginning; not in the past."""
        data = super().clean() or {}
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and starts <= timezone.now():
            self.add_error("starts_at", _("The meeting must lie in the future."))
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The meeting ends after it starts."))
        if not data.get("place") and not data.get("link"):
            self.add_error("place", _("Give a place, or a link to join, or both."))
        return data


class ItemForm(forms.Form):
    """A matter of its own on the agenda."""

    title = forms.CharField(label=_("Title"), max_length=255)
    part = forms.ChoiceField(
        label=_("Part"), choices=AgendaPart.choices, initial=AgendaPart.DISCUSSION
    )


class ConsentForm(forms.Form):
    """One vote on each open motion of the consent part that has none of the member yet."""

    choice = forms.ChoiceField(
        label=_("Your vote on all of them"),
        choices=[(choice, choice.label) for choice in AT_ONCE],
        widget=forms.RadioSelect,
    )


class SectionForm(forms.Form):
    """A section of the minutes."""

    heading = forms.CharField(label=_("Heading"), max_length=255)
    text = forms.CharField(
        label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )


SectionFormSet = forms.formset_factory(SectionForm, extra=1, can_delete=True)
