"""Agenda packages, minutes and letters, as pages to read and print and as accessible PDF files."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from credentials.admin.trails import AdminPage, Trail, for_readers
from workflows.admin.committees.motion_detail import may_read_motions
from workflows.admin.meetings.pages import MeetingMixin, MeetingPage
from workflows.committee_seats.seats import presides
from workflows.documents.pdf import render_pdf
from workflows.documents.shapes import Shape
from workflows.letters.document import letter_document
from workflows.meeting_papers.agenda import agenda_document
from workflows.meeting_papers.minutes import minutes_document
from workflows.models import DecisionLetter, Minutes, MinutesDraft

DRAFT = "draft"
READ = "workflows.view_decisionletter"
REGISTER = "workflows_decisionletter_modeladmin_index"


def _private(response: HttpResponseBase) -> HttpResponseBase:
    patch_cache_control(response, private=True, no_store=True)
    return response


def _pdf(template: str, data: Shape, name: str) -> HttpResponse:
    """The document as a file to keep, under a name that every system takes."""
    response = HttpResponse(render_pdf(template, data), content_type="application/pdf")
    disposition = content_disposition_header(True, f"{slugify(name) or template}.pdf")
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    _private(response)
    return response


class AgendaPackageView(MeetingPage, TemplateView):
    """The agenda and all that is to be read on its items, on one page."""

    template_name = "workflows/admin/agenda_package.html"
    page_title = gettext_lazy("Agenda package")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _private(super().dispatch(request, *args, **kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "document": agenda_document(self.meeting),
        }


class AgendaPdfView(MeetingMixin, View):
    """The agenda and its papers as a PDF file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make it as it stands now."""
        name = f"agenda-{localtime(self.meeting.starts_at):%Y-%m-%d}-{self.meeting.pk}"
        return _pdf("agenda", agenda_document(self.meeting), name)


class MinutesPdfView(MeetingMixin, View):
    """Minutes as a file: the newest confirmed ones, those of `number`, or the draft.

    The draft, asked for by `number=draft`, is for those who preside.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make it. 404 where there are none that this person may read."""
        minutes = self._asked_for(request.GET.get("number", ""))
        number = minutes.number if isinstance(minutes, Minutes) else DRAFT
        day = f"{localtime(self.meeting.starts_at):%Y-%m-%d}"
        name = f"minutes-{day}-{self.meeting.pk}-{number}"
        return _pdf("minutes", minutes_document(minutes), name)

    def _asked_for(self, number: str) -> Minutes | MinutesDraft:
        if number == DRAFT:
            if not presides(self.request.user, self.meeting.committee):
                raise PermissionDenied
            return get_object_or_404(MinutesDraft, meeting=self.meeting)
        confirmed = self.meeting.minutes.order_by("-number")
        if number.isdecimal():
            confirmed = confirmed.filter(number=int(number[:4]))
        found: Minutes | None = confirmed.first()
        if found is None:
            raise Http404(_("The minutes are not confirmed yet."))
        return found


class LetterMixin:
    """Finds a letter, for those who may read decisions, sit on the committee, or may edit."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.letter = get_object_or_404(
            DecisionLetter.objects.select_related("decision__motion__committee", "offering"),
            pk=kwargs["pk"],
        )
        if not self._may_read():
            raise PermissionDenied
        return _private(super().dispatch(request, *args, **kwargs))  # type: ignore[misc]

    def _may_read(self) -> bool:
        user, motion = self.request.user, self.letter.decision.motion
        if user.has_perm("workflows.view_decision"):
            return True
        if motion is not None and may_read_motions(user, motion.committee):
            return True
        may = self.letter.offering.permissions_for_user(user)  # type: ignore[arg-type]
        return bool(may.can_edit())


class LetterView(LetterMixin, AdminPage, TemplateView):
    """The letter as a page."""

    template_name = "workflows/admin/letter.html"
    page_title = gettext_lazy("Decision letter")
    header_icon = "mail"

    def get_page_subtitle(self) -> str:
        return str(self.letter.reference)

    def trail(self) -> Trail:
        return for_readers(self.request.user, READ, REGISTER, _("Decision letters"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "letter": self.letter,
            "document": letter_document(self.letter),
        }


class LetterPdfView(LetterMixin, View):
    """The letter as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make it."""
        return _pdf("letter", letter_document(self.letter), f"letter-{self.letter.reference}")
