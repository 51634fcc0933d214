"""Pages on which one object of a draft is edited with Wagtail's panels."""

from typing import Any

from django.contrib import messages as flashes
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic.mixins import PanelMixin
from wagtail.log_actions import log

from credentials.admin.policy.versioned_drafts import DraftPage


class PanelForm(PanelMixin, DraftPage):
    """A form made of panels, over the draft or a part of it; saved and logged at once."""

    template_name: str | None = "credentials/admin/panel_form.html"
    form_class: Any = None
    action = "wagtail.edit"

    def get_object(self) -> Any:
        """The object that the form edits."""
        raise NotImplementedError

    def get_success_message(self) -> str:
        """What was done."""
        raise NotImplementedError

    def get_form(self, *data: Any) -> Any:
        """The form over the object, bound to what was posted."""
        instance = self.get_object()
        return self.get_form_class()(*data, instance=instance, for_user=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and what Wagtail's form page asks for."""
        kwargs.setdefault("form", self.get_form())
        return {
            **super().get_context_data(**kwargs),
            "action_url": self.request.path,
            "back_url": self.version_url,
            "has_unsaved_changes": kwargs["form"].is_bound,
            "submit_button_label": _("Save"),
            "submit_button_active_label": _("Saving…"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Save it, or show what is wrong."""
        self.check_draft()
        form = self.get_form(request.POST, request.FILES)
        if not form.is_valid():
            messages.validation_error(
                request, _("It could not be saved. Correct the fields named below."), form
            )
            response: HttpResponseBase = self.render_to_response(self.get_context_data(form=form))
            return response
        with transaction.atomic():
            self.check_draft()
            saved = form.save()
            log(instance=saved, action=self.action, user=request.user)
        flashes.success(request, self.get_success_message())
        return redirect(self.version_url)
