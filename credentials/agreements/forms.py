"""Forms of signatories."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignForm(forms.Form):
    """Agree to the terms shown, which their hash names."""

    has_read = forms.BooleanField(
        label=_("I have read these terms and sign them for the party named."),
        error_messages={"required": _("Tick this once you have read the terms.")},
    )
    terms_hash = forms.CharField(widget=forms.HiddenInput)


class SignByLinkForm(SignForm):
    """Agree to the terms shown, with the name typed out as a signature."""

    full_name = forms.CharField(
        label=_("Your full name"),
        max_length=200,
        help_text=_("Typed as the agreement has it; it stands as your signature."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ("has_read", "full_name", "terms_hash")
