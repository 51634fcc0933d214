"""Minutes in the admin: edited section by section, then confirmed for ever."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from workflows.admin.meetings.forms import SectionFormSet
from workflows.admin.meetings.pages import MeetingPage
from workflows.meetings.minutes import save_minutes
from workflows.models import MinutesDraft


class MinutesView(MeetingPage, TemplateView):
    """Shows confirmed minutes, and the draft to those who keep it."""

    template_name = "workflows/admin/minutes.html"
    page_title = gettext_lazy("Minutes")

    def draft(self) -> MinutesDraft | None:
        """The draft, if there is one."""
        return MinutesDraft.objects.filter(meeting=self.meeting).first()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the draft."""
        draft = self.draft()
        if draft is None:
            raise PermissionDenied
        formset = SectionFormSet(request.POST, prefix="section")
        if not formset.is_valid():
            return self.render_to_response(self.get_context_data(formset=formset))
        sections = [
            {"heading": form.cleaned_data["heading"], "text": form.cleaned_data["text"]}
            for form in formset
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        try:
            save_minutes(draft, request.user, sections)
        except PermissionDenied as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The draft is kept."))
        return redirect(reverse("governance:minutes", args=[self.meeting.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = self.draft()
        formset = kwargs.get("formset")
        if draft is not None and formset is None:
            formset = SectionFormSet(initial=draft.sections, prefix="section")
        return {
            **super().get_context_data(**kwargs),
            "draft": draft,
            "formset": formset,
            "confirmed": list(self.meeting.minutes.all()),
        }
