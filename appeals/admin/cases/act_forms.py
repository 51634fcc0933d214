"""What each act asks for. A form is made with the case and the person who acts."""

import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.acts.contacts import LONGEST_EMAIL, LONGEST_PHONE
from appeals.choices import Act, Outcome, Purpose
from appeals.models import Case
from appeals.private_access.contact import contact_of
from appeals.rules.life import OUTCOMES
from credentials.conf import conf
from credentials.people.actors import Person, name_of

DAY_INPUT = {"type": "date"}


class ActForm(forms.Form):
    """Nothing but a confirmation; others ask for more."""

    def __init__(self, *args: Any, case: Case, person: Person, **kwargs: Any) -> None:
        self.case, self.person = case, person
        super().__init__(*args, **kwargs)


class PeopleField(forms.ModelChoiceField):
    """Accounts by their names."""

    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)


def _text(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 6})
    return forms.CharField(label=label, required=required, widget=widget, help_text=help_text)


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs=DAY_INPUT, format="%Y-%m-%d")
    )


class NoteForm(ActForm):
    """A note that may be left out."""

    text = _text(_("Note"), required=False)


class ReasonsForm(ActForm):
    """Reasons, which the letter repeats."""

    text = _text(_("Reasons"), help_text=_("The letter repeats them."))


class ReasonForm(ActForm):
    """A reason for the record."""

    text = _text(_("Reason"))


class TextForm(ActForm):
    """A text for the record."""

    text = _text(_("Text"))


class MissingForm(ActForm):
    """What is missing."""

    text = _text(
        _("What is missing"), help_text=_("Point by point, a line each. The appellant reads it.")
    )


class RespondentForm(ActForm):
    """Who is asked for a response."""

    respondent: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label=_("Original decision-maker"), empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["respondent"]
        field.queryset = self.case.first_deciders.exclude(email="").order_by("-is_respondent", "pk")


class AssignForm(ActForm):
    """Who works the case."""

    worker = PeopleField(None, label=_("Who works it"), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.filter(is_active=True)
        office = people.filter(groups__name=conf().ROLE_GROUPS["appeals_office"]).distinct()
        field: Any = self.fields["worker"]
        field.queryset = office.order_by("last_name", "pk")


class DelegateForm(ActForm):
    """To whom, by which instrument, from when and until when."""

    holder = PeopleField(None, label=_("Delegate"))
    reference = forms.CharField(
        label=_("Instrument"), max_length=200, help_text=_("Its reference or title.")
    )
    first_day = _day(_("In force from"))
    last_day = _day(_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.filter(is_active=True).exclude(pk=str(self.person.pk))
        field: Any = self.fields["holder"]
        field.queryset = people.order_by("last_name", "first_name", "pk")
        self.fields["first_day"].initial = timezone.localdate()
        self.fields["last_day"].initial = timezone.localdate() + datetime.timedelta(days=30)


class RevokeForm(ActForm):
    """Which delegation ends."""

    delegation: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label=_("Delegation"), empty_label=None
    )
    text = _text(_("Reason"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        revoked = self.case.events.filter(act=Act.DELEGATION_REVOKED).values("delegation")
        field: Any = self.fields["delegation"]
        field.queryset = self.case.delegations.exclude(pk__in=revoked)


class ConflictForm(ActForm):
    """Who took part in the decision under appeal."""

    account = PeopleField(None, label=_("Account, if they have one"), required=False)
    name = forms.CharField(label=_("Or name"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    text = _text(_("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.filter(is_active=True)
        field: Any = self.fields["account"]
        field.queryset = people.order_by("last_name", "first_name", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("account") and not cleaned.get("name", "").strip():
            self.add_error("name", _("Choose an account, or write a name."))
        return cleaned


class DecideForm(ActForm):
    """Outcome and reasons, and what follows."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[(one.value, one.label) for one in OUTCOMES[Act.DECIDED]],
        widget=forms.RadioSelect,
    )
    text = _text(_("Reasons"), help_text=_("The letter repeats them."))
    action = _text(
        _("What follows"),
        required=False,
        help_text=_("If it is upheld or varied: such as a new assessment. It is tracked to done."),
    )
    action_due = _day(_("To be done until"), required=False)
    referred_to = forms.CharField(
        label=_("Referred back to"),
        max_length=200,
        required=False,
        help_text=_("If it is referred back: the office or body."),
    )

    def clean_outcome(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])


class ExtendForm(ActForm):
    """By how much, and why."""

    working_days = forms.IntegerField(label=_("Working days"), min_value=1)
    text = _text(_("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = self.case.procedure.extension_days
        self.fields["working_days"].help_text = _("At most %(most)s, as the procedures say.") % {
            "most": most
        }


class KeepForm(ActForm):
    """Until when, and why."""

    until = _day(_("Until"))
    text = _text(_("Reason"), help_text=_("It stays when the appeal is purged: name nobody in it."))


class EndLinksForm(ActForm):
    """Whose private links end, and why. Only a side that has some is offered."""

    whose = forms.ChoiceField(label=_("Whose links"), widget=forms.RadioSelect)
    text = _text(_("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {
            Purpose.APPELLANT: _("The appellant’s"),
            Purpose.RESPONDENT: _("The original decision-makers’"),
        }
        has_some = set(self.case.links.values_list("purpose", flat=True))
        field: Any = self.fields["whose"]
        field.choices = [(one.value, name) for one, name in names.items() if one in has_some]

    def clean_whose(self) -> Purpose:
        return Purpose(self.cleaned_data["whose"])


class AddressForm(ActForm):
    """How the appellant is reached from now on, and why."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=LONGEST_EMAIL,
        help_text=_("If it changes, links to the old one end, and a new one goes here."),
    )
    phone = forms.CharField(label=_("Telephone"), max_length=LONGEST_PHONE, required=False)
    text = _text(
        _("Reason"), help_text=_("Such as how you learned of it. Do not repeat the address.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = contact_of(self.case)
        self.initial = {"email": now.email, "phone": now.phone}


class LinkForm(ActForm):
    """Which other case."""

    number = forms.CharField(label=_("Number of the other appeal"), max_length=20)
    text = _text(_("Why they belong together"), required=False)


class DocumentForm(ActForm):
    """A file, and whether the appellant sees it."""

    title = forms.CharField(label=_("What it is"), max_length=200)
    file = forms.FileField(label=_("File"))
    is_shared = forms.BooleanField(
        label=_("The appellant sees it"), required=False, help_text=_("This cannot be undone.")
    )
