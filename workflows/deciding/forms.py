"""Forms of a decider."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.choices import Outcome

DECIDED_HERE = (Outcome.APPROVED, Outcome.CHANGES_REQUESTED)


def words(label: Any, **kwargs: Any) -> forms.CharField:
    """A text of some lines."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)


class ReasonForm(forms.Form):
    """Ask for changes: the author needs to know which."""

    comment = words(_("Which changes, and why"))


class CommentForm(forms.Form):
    """Approve, with a comment for the author and the record if there is one."""

    comment = words(_("Comment"), required=False)


class DecisionForm(CommentForm):
    """A decision on the content that its decider read, named by its hash (law 2)."""

    outcome = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(outcome, outcome.label) for outcome in DECIDED_HERE],
        widget=forms.RadioSelect,
    )
    back_to = forms.ChoiceField(
        label=_("Changes are asked of"),
        required=False,
        choices=[("", _("Its author"))],
        help_text=_("Only when changes are asked for."),
    )
    content_hash = forms.CharField(widget=forms.HiddenInput)
    stage = forms.CharField(widget=forms.HiddenInput, required=False)

    field_order = ("outcome", "back_to", "comment", "content_hash", "stage")

    def __init__(
        self,
        *args: Any,
        earlier: list[Any] | None = None,
        outcomes: Sequence[Outcome] = DECIDED_HERE,
        **kwargs: Any,
    ) -> None:
        """`outcomes` are those of the stage; the others have pages of their own."""
        super().__init__(*args, **kwargs)
        offered = [outcome for outcome in DECIDED_HERE if outcome in outcomes]
        self.fields["outcome"].choices = [(o, o.label) for o in offered]  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.initial["outcome"] = offered[0]
        self.stages = {str(stage.pk): stage for stage in earlier or []}
        if self.stages:
            names = [(key, stage.name) for key, stage in self.stages.items()]
            self.fields["back_to"].choices = [("", _("Its author")), *names]  # type: ignore[attr-defined]
        else:
            self.fields["back_to"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned_data = super().clean() or {}
        asks_for_changes = cleaned_data.get("outcome") == Outcome.CHANGES_REQUESTED
        if asks_for_changes and not cleaned_data.get("comment", "").strip():
            self.add_error("comment", _("Say which changes you ask for; the author needs to know."))
        return cleaned_data

    def show_again(self, content_hash: str, stage: str) -> None:
        """Stand beside what is shown now: who reads it there can send their words once more."""
        self.data = {**dict(self.data.items()), "content_hash": content_hash, "stage": stage}

    @property
    def stage_to_return_to(self) -> Any:
        """The earlier stage that changes are asked of; None for the author."""
        return self.stages.get(self.cleaned_data.get("back_to", ""))
