"""Forms by which a version of a governed text is begun and adopted."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput


def free_label(model: type[Model], label: str, own: int | None = None) -> str:
    """A label that no other version has, without spaces around it. Raises ValidationError.

    `own` is the primary key of the version that may have it already.
    """
    label = label.strip()
    others = model._default_manager.filter(label=label)
    if (others if own is None else others.exclude(pk=own)).exists():
        raise forms.ValidationError(_("A version of that label exists. Choose another."))
    return label


class NewDraftForm(forms.Form):
    """How the next version will be called. `label_help` says with what the label is kept."""

    model: ClassVar[type[Model]]
    label_help: ClassVar[Any]

    label = forms.CharField(label=gettext_lazy("Label of the draft"), max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].help_text = self.label_help

    def clean_label(self) -> str:
        """A label names one version for ever."""
        return free_label(self.model, self.cleaned_data["label"])


class AdoptForm(forms.Form):
    """The day on which a version takes force, and that who adopts it knows what that means.

    `day_help` says what keeps the version from before that day.
    """

    day_help: ClassVar[Any]

    in_force_from = forms.DateField(label=gettext_lazy("Takes force on"), widget=AdminDateInput)
    understood = forms.BooleanField(
        label=gettext_lazy("I have read what this means; it cannot be undone"),
        error_messages={"required": gettext_lazy("Confirm that it cannot be undone.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["in_force_from"].help_text = self.day_help
