"""Forms of a decider."""

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.choices import Outcome


class ReasonForm(forms.Form):
    """Ask for changes: the author needs to know which."""

    comment = forms.CharField(
        label=_("Which changes, and why"), widget=forms.Textarea(attrs={"rows": 4})
    )


class CommentForm(forms.Form):
    """Approve, with a comment for the author and the record if there is one."""

    comment = forms.CharField(
        label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class DecisionForm(CommentForm):
    """A decision on the content that its decider read, named by its hash (law 2)."""

    outcome = forms.ChoiceField(
        label=_("Your decision"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    content_hash = forms.CharField(widget=forms.HiddenInput)

    field_order = ("outcome", "comment", "content_hash")

    def clean(self) -> dict[str, str]:
        cleaned_data = super().clean() or {}
        asks_for_changes = cleaned_data.get("outcome") == Outcome.CHANGES_REQUESTED
        if asks_for_changes and not cleaned_data.get("comment", "").strip():
            self.add_error("comment", _("Say which changes you ask for; the author needs to know."))
        return cleaned_data
