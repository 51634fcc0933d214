"""Forms of what is done to a proposal beside deciding."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.documents import get_document_model

from credentials.people.actors import name_of
from workflows.choices import Office
from workflows.deciding.forms import CommentForm, words


class HoldForm(forms.Form):
    """Why it is put on hold."""

    reason = words(_("Reason"), help_text=_("Everybody who reads the proposal sees it."))


class ResumeForm(forms.Form):
    """What has changed, if that is worth a word."""

    text = words(_("Note"), required=False)


class AskForm(forms.Form):
    """Whom to ask, and what."""

    office = forms.ChoiceField(label=_("Office"), choices=Office.choices)
    question = words(_("Question"))


class TextForm(forms.Form):
    """A remark, or an answer."""

    text = words(_("Text"))


class OverrideForm(forms.Form):
    """An emergency: the reason and the authority for it (law 5)."""

    reason = words(_("Reason"))
    instrument = forms.CharField(
        label=_("What gives you the authority"),
        max_length=200,
        help_text=_("A regulation, a minute or a delegation, with its number and date."),
    )
    certain = forms.BooleanField(
        label=_("I know that this stays on record for ever and that the policy's owner is told")
    )
    content_hash = forms.CharField(widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Why it is withdrawn."""

    reason = words(_("Reason"))
    certain = forms.BooleanField(
        label=_("I know that its way through the offices ends here"),
        help_text=_("The draft stays and can be submitted again."),
    )


class NewWordsForm(forms.Form):
    """That the words are to be taken over."""

    certain = forms.BooleanField(label=_("I know that every stage decides again"))


class OutcomeForm(forms.Form):
    """What an outside body decided."""

    body = forms.CharField(label=_("Body that decided"), max_length=200)
    decided_on = forms.DateField(label=_("Date"), widget=AdminDateInput)
    reference = forms.CharField(label=_("Reference"), max_length=100)
    document = forms.ModelChoiceField(
        label=_("Document"), required=False, queryset=get_document_model().objects.none()
    )
    comment = words(_("Comment"), required=False)
    content_hash = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, documents: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if documents is not None:
            self.fields["document"].queryset = documents  # type: ignore[attr-defined]


class NoteForm(CommentForm):
    """That the committee received it."""

    content_hash = forms.CharField(widget=forms.HiddenInput)


class ColleagueField(forms.ModelChoiceField):
    """Chooses a colleague by name."""

    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)


class AssignForm(forms.Form):
    """Who is to decide."""

    assignee = ColleagueField(
        label=_("Colleague"),
        queryset=get_user_model().objects.none(),
        help_text=_("Others of the office can still decide; the colleague is told."),
    )

    def __init__(self, *args: Any, colleagues: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if colleagues is not None:
            self.fields["assignee"].queryset = colleagues  # type: ignore[attr-defined]


class FieldCommentForm(forms.Form):
    """A comment on one field, which its author finds in the editor."""

    field = forms.ChoiceField(label=_("Field"))
    text = words(_("Comment"))

    def __init__(
        self, *args: Any, names: list[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = names or []  # type: ignore[attr-defined]
