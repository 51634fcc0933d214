"""What a visitor may ask of the catalogue, checked; names are those of the catalogue API."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from credentials.api.requests.orders import Sort
from credentials.catalogue.past import PastDay, past_day
from credentials.choices import Category, CreditBasis, DeliveryMode, Kind, Language

SORTS = [
    (Sort.RELEVANCE.value, _("Best match")),
    (Sort.TITLE.value, _("Title")),
    (Sort.PUBLISHED.value, _("Newest first")),
    (Sort.STARTS.value, _("Starting soonest")),
    (Sort.FEE.value, _("Lowest fee")),
]


class AnyChoiceField(forms.MultipleChoiceField):
    """Several values of an open vocabulary; one that nothing has finds nothing."""

    def valid_value(self, value: Any) -> bool:
        return True


class PastDayField(forms.CharField):
    """A day that is past, as the catalogue then stood; today is no day of the past."""

    def clean(self, value: Any) -> PastDay | None:
        try:
            return past_day(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class CatalogueSearchForm(forms.Form):
    """Search words, filters and order. A field left empty does not filter.

    An invalid field has a message that says how to mend it, and does not filter either.
    """

    use_required_attribute = False

    q = forms.CharField(
        label=_("What do you want to be able to do?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    kind = forms.MultipleChoiceField(label=_("Kind"), choices=Kind.choices, required=False)
    category = forms.MultipleChoiceField(
        label=_("Category"), choices=Category.choices, required=False
    )
    delivery = forms.MultipleChoiceField(
        label=_("Delivery"), choices=DeliveryMode.choices, required=False
    )
    credit_basis = forms.MultipleChoiceField(
        label=_("Credit"), choices=CreditBasis.choices, required=False
    )
    language = forms.MultipleChoiceField(
        label=_("Language"), choices=Language.choices, required=False
    )
    academic_unit = AnyChoiceField(label=_("Academic unit"), required=False)
    skill = AnyChoiceField(label=_("Skill"), required=False)
    hours_min = forms.FloatField(label=_("At least (hours)"), min_value=0, required=False)
    hours_max = forms.FloatField(label=_("At most (hours)"), min_value=0, required=False)
    fee_max = forms.FloatField(
        label=_("Fee at most"), min_value=0, required=False, help_text=_("0 for free ones.")
    )
    starts_from = forms.DateField(
        label=_("Starts from"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    starts_to = forms.DateField(
        label=_("Starts by"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    sort = forms.ChoiceField(label=_("Sort by"), choices=SORTS, required=False)
    as_of = PastDayField(
        label=_("As it stood at the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The catalogue of a past day."),
    )

    def clean(self) -> dict[str, Any]:
        """Reject ranges that end before they begin."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for low, high in (("hours_min", "hours_max"), ("starts_from", "starts_to")):
            first, last = cleaned.get(low), cleaned.get(high)
            if first is not None and last is not None and last < first:
                self.add_error(high, _("This is less than where the range begins; make it more."))
        return cleaned
