"""Addresses in the admin: documents, letters, and a person's own calendar."""

from django.urls import URLPattern, path

from workflows.admin.meetings.calendar import CalendarView
from workflows.admin.meetings.documents import (
    AgendaPackageView,
    AgendaPdfView,
    LetterPdfView,
    LetterView,
    MinutesPdfView,
)

urlpatterns: list[URLPattern] = [
    path("meetings/<key:pk>/package/", AgendaPackageView.as_view(), name="agenda_package"),
    path("meetings/<key:pk>/agenda.pdf", AgendaPdfView.as_view(), name="agenda_pdf"),
    path("meetings/<key:pk>/minutes.pdf", MinutesPdfView.as_view(), name="minutes_pdf"),
    path("letters/<key:pk>/", LetterView.as_view(), name="letter"),
    path("letters/<key:pk>/letter.pdf", LetterPdfView.as_view(), name="letter_pdf"),
    path("calendar/", CalendarView.as_view(), name="calendar"),
]
