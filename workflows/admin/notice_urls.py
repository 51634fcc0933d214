"""Addresses in the admin: documents, letters, and a person's own calendar."""

from django.urls import URLPattern, path

from workflows.admin.calendar import CalendarView
from workflows.admin.documents import (
    AgendaPackageView,
    AgendaPdfView,
    LetterPdfView,
    LetterView,
    MinutesPdfView,
)

urlpatterns: list[URLPattern] = [
    path("meetings/<int:pk>/package/", AgendaPackageView.as_view(), name="agenda_package"),
    path("meetings/<int:pk>/agenda.pdf", AgendaPdfView.as_view(), name="agenda_pdf"),
    path("meetings/<int:pk>/minutes.pdf", MinutesPdfView.as_view(), name="minutes_pdf"),
    path("letters/<int:pk>/", LetterView.as_view(), name="letter"),
    path("letters/<int:pk>/letter.pdf", LetterPdfView.as_view(), name="letter_pdf"),
    path("calendar/", CalendarView.as_view(), name="calendar"),
]
