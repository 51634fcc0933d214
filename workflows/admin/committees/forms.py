"""Forms by which a committee's seats and rules are kept."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from credentials.people.actors import name_of
from workflows.models import Committee, CommitteeRules, Seat, SeatTerm


class PersonField(forms.ModelChoiceField):
    """Chooses an account by the person's name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{name_of(obj)} ({obj.get_username()})"


class SeatForm(forms.ModelForm):
    """A seat, whoever holds it."""

    class Meta:
        model = Seat
        fields = ("title", "role", "votes", "position")


class TermForm(forms.Form):
    """Who holds a seat, and when."""

    seat = forms.ModelChoiceField(label=_("Seat"), queryset=Seat.objects.none())
    person = PersonField(label=_("Person"), queryset=get_user_model().objects.none())
    is_alternate = forms.BooleanField(
        label=_("As the alternate"),
        required=False,
        help_text=_("Stands in while the holder is away."),
    )
    starts_on = forms.DateField(label=_("From"), widget=AdminDateInput)
    ends_on = forms.DateField(label=_("Until"), required=False, widget=AdminDateInput)

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.filter(is_active=True).order_by("last_name", "pk")
        self.fields["seat"].queryset = committee.seats.standing()  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.initial.setdefault("starts_on", timezone.localdate())


class EndTermForm(forms.Form):
    """The last day of a term."""

    term = forms.ModelChoiceField(label=_("Term"), queryset=SeatTerm.objects.none())
    ends_on = forms.DateField(label=_("Last day"), widget=AdminDateInput)

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = SeatTerm.objects.on().filter(seat__committee=committee).select_related("seat")
        self.fields["term"].queryset = terms  # type: ignore[attr-defined]
        self.initial.setdefault("ends_on", timezone.localdate())


class RulesForm(forms.ModelForm):
    """New rules, with the reason for them."""

    class Meta:
        model = CommitteeRules
        fields = (
            "quorum_basis",
            "quorum",
            "majority_basis",
            "threshold",
            "tie_break",
            "notice_days",
            "e_vote_hours",
            "reason",
        )
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
