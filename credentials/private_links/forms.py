"""The form of a one-time code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from credentials.private_links.one_time_codes import DIGITS


class CodeForm(forms.Form):
    """The one-time code from the message."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Six digits, from the message that was sent to you."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "size": DIGITS + 2,
            }
        ),
    )

    def clean_code(self) -> str:
        """Spaces that people type between digits mean nothing."""
        return "".join(str(self.cleaned_data["code"]).split())
