"""Forms of a review: self-study, evidence, conclusion, lead, scheduling."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.documents.widgets import AdminDocumentChooser

from credentials.conf import conf
from credentials.people.actors import name_of
from workflows.admin.committees.motion_forms import MotionForm
from workflows.choices import BY_HAND, Purpose, ReviewResult, ReviewTrigger
from workflows.committee.question import Question
from workflows.deciding.forms import words
from workflows.models import ReviewCycle, SelfStudy, StudyEvidence
from workflows.reviews.conclusion import Conclusion
from workflows.reviews.early_reviews import Call
from workflows.reviews.self_study import FIELDS


class StudyForm(forms.ModelForm):
    """The self-study; everything may be left empty while it is a draft."""

    class Meta:
        model = SelfStudy
        fields = FIELDS
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in SelfStudy.TEXTS} | {
            "public_note": forms.Textarea(attrs={"rows": 2}),
            "recommendation": forms.RadioSelect,
            "teach_out": AdminDateInput,
        }

    field_order = (*SelfStudy.REQUIRED[:-1], "recommendation", "reasons")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recommendation"].choices = ReviewResult.choices  # type: ignore[attr-defined]


EvidenceFormSet = forms.inlineformset_factory(
    SelfStudy,
    StudyEvidence,
    fields=("title", "document", "url"),
    widgets={"document": AdminDocumentChooser},
    extra=2,
)


class ConclusionForm(forms.Form):
    """What an office decides, on the self-study that it was shown (law 2)."""

    result = forms.ChoiceField(
        label=_("Your decision"), choices=ReviewResult.choices, widget=forms.RadioSelect
    )
    reasons = words(_("Reasons"), help_text=_("They stay on record, and go out with the letter."))
    next_due_on = forms.DateField(
        label=_("Next review due on"),
        required=False,
        widget=AdminDateInput,
        help_text=_("Leave empty for the interval that the policy sets."),
    )
    study_hash = forms.CharField(widget=forms.HiddenInput)

    def conclusion(self) -> Conclusion:
        """What the form says."""
        data = self.cleaned_data
        return Conclusion(ReviewResult(data["result"]), data["reasons"], data["next_due_on"])


class ReviewMotionForm(MotionForm):
    """What is moved at the end of a review: its outcome, the reasons, the next day."""

    next_review_on = forms.DateField(
        label=_("Next review due on"),
        required=False,
        widget=AdminDateInput,
        help_text=_("Leave empty for the interval that the policy sets."),
    )
    field_order = ("purpose", "text", "next_review_on", "moved_by", "seconded_by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Reasons")
        self.fields["text"].help_text = _("They stay on record, and go out with the letter.")
        self.fields["text"].required = True

    def question(self, **more: Any) -> Question:
        """What the form says, to be opened."""
        data = self.cleaned_data
        return Question(
            purpose=Purpose(data["purpose"]),
            text=data["text"],
            next_review_on=data["next_review_on"],
            moved_by=data["moved_by"],
            seconded_by=data["seconded_by"],
            **more,
        )


class ReturnForm(forms.Form):
    """Why a self-study is handed back."""

    reason = words(_("What is missing"))


class CallOffForm(forms.Form):
    """Why a review is not wanted any more."""

    reason = words(_("Reason"))


class LeadForm(forms.Form):
    """Who leads the review."""

    lead: Any = forms.ModelChoiceField(
        label=_("Leads the review"),
        required=False,
        queryset=None,
        help_text=_("Is reminded of it, and writes its self-study."),
    )

    def __init__(self, *args: Any, cycle: ReviewCycle, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"lead": cycle.lead_id}})
        field = self.fields["lead"]
        field.queryset = _writers(cycle)  # type: ignore[attr-defined]
        field.label_from_instance = name_of  # type: ignore[attr-defined]


class CallForm(forms.Form):
    """By when, and why, the chosen offerings are to be reviewed."""

    due_on = forms.DateField(label=_("Review due on"), widget=AdminDateInput)
    trigger = forms.ChoiceField(
        label=_("Why"),
        choices=[(str(key), ReviewTrigger(key).label) for key in BY_HAND],
    )
    note = words(_("Reason"), help_text=_("Those who review read it; it stays on record."))

    def clean_due_on(self) -> Any:
        """A day to come."""
        day = self.cleaned_data["due_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(
                _("A review is scheduled for a day to come. Choose a later day.")
            )
        return day

    def call(self) -> Call:
        """What the form says."""
        data = self.cleaned_data
        return Call(data["due_on"], ReviewTrigger(data["trigger"]), data["note"])


def _writers(cycle: ReviewCycle) -> Any:
    """People of the editors' and the Department's groups, and whoever leads it now."""
    names = [conf().ROLE_GROUPS[role] for role in ("editor", "department")]
    groups = Group.objects.filter(name__in=names)
    users = get_user_model()._default_manager
    mine = Q(groups__in=groups, is_active=True) | Q(pk=cycle.lead_id)
    return users.filter(mine).distinct().order_by("last_name", "first_name", "pk")
