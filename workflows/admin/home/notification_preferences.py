"""How a person wants to be told, among their account settings."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from workflows.models import NotificationPreference


class PreferenceForm(forms.ModelForm):
    """Letters about one's own proposals and overrides come at once in any case."""

    class Meta:
        model = NotificationPreference
        fields = ("delivery",)
        widgets = {"delivery": forms.RadioSelect}
        help_texts = {
            "delivery": _("Decisions on your own proposals are sent at once in any case.")
        }


class GovernancePanel(BaseSettingsPanel):
    """One panel on the account page."""

    name = "governance"
    title = _("Committee work and proposals")
    tab = notifications_tab
    order = 300
    form_class = PreferenceForm

    @property
    def preference(self) -> NotificationPreference:
        """The person's own preference, made when it is first looked at."""
        return NotificationPreference.objects.get_or_create(person=self.user)[0]

    def get_form(self) -> PreferenceForm:
        """The form on the person's own preference."""
        data = self.request.POST if self.request.method == "POST" else None
        return PreferenceForm(data, prefix=self.name, instance=self.preference)
