"""Forms of the policy's owner."""

import datetime
import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from credentials.admin.policy import versioned_forms
from credentials.models import PolicyVersion

NUMBER = re.compile(r"[A-Z]{1,8}-[0-9]{1,4}[a-z]?")


class ClauseForm(WagtailAdminModelForm):
    """A clause with its rules; each rule judges what it is told (`check_terms`)."""

    def clean_number(self) -> str:
        """One clause to a number within a version."""
        number = str(self.cleaned_data["number"]).strip()
        if not NUMBER.fullmatch(number):
            raise forms.ValidationError(
                _("Write it as letters, a hyphen and a figure, such as MC-4.")
            )
        others = self.instance.version.clauses.filter(number=number)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                _("There is a clause %(number)s already. Edit that one, or choose another number.")
                % {"number": number}
            )
        return number


class FactsForm(WagtailAdminModelForm):
    """The facts of a version."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        approved, due = cleaned.get("approved_on"), cleaned.get("review_due_on")
        if approved and due and due <= approved:
            self.add_error("review_due_on", _("The review comes after the approval. Correct one."))
        return cleaned


class NewDraftForm(versioned_forms.NewDraftForm):
    """How the next version will be called."""

    model = PolicyVersion
    label_help = gettext_lazy("Kept with every decision taken under it, so make it lasting.")


class AdoptForm(versioned_forms.AdoptForm):
    """The day on which a version takes force, and that its owner knows what that means."""

    day_help = gettext_lazy("Today or later. Decisions taken before it keep their version.")

    def clean_in_force_from(self) -> datetime.date:
        """Decisions of the past keep the version they were taken under."""
        day: datetime.date = self.cleaned_data["in_force_from"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("That day has passed. Choose today or a later day."))
        return day
