"""Addresses of public pages about appeals. Any prefix will do; tokens are unguessable."""

from django.urls import URLPattern, path

from appeals.public import case_pages, filing_pages, response_pages
from appeals.public.begin_page import BeginPage, LostLinkPage, SentPage
from appeals.public.filed_page import FiledPage
from appeals.public.private_link import private_link
from appeals.public.procedure_page import ProcedurePage

app_name = "appeals"
PRIVATE = "private/<str:token>/"

urlpatterns: list[URLPattern] = [
    path("", ProcedurePage.as_view(), name="procedure"),
    path("file/", BeginPage.as_view(), name="file"),
    path("link/", LostLinkPage.as_view(), name="lost_link"),
    path("sent/", SentPage.as_view(), name="sent"),
    path("filed/", FiledPage.as_view(), name="filed"),
    path(PRIVATE, private_link, name="private_link"),
    path(
        f"{PRIVATE}write/documents/", filing_pages.DocumentsPage.as_view(), name="draft_documents"
    ),
    path(
        f"{PRIVATE}write/documents/<key:pk>/",
        filing_pages.DraftFilePage.as_view(),
        name="draft_file",
    ),
    path(f"{PRIVATE}write/check/", filing_pages.CheckPage.as_view(), name="check"),
    path(f"{PRIVATE}write/<slug:slug>/", filing_pages.StepPage.as_view(), name="step"),
    path(
        f"{PRIVATE}documents/",
        case_pages.AppellantDocumentsPage.as_view(),
        name="appellant_documents",
    ),
    path(
        f"{PRIVATE}documents/<key:pk>/",
        case_pages.AppellantFilePage.as_view(),
        name="appellant_file",
    ),
    path(
        f"{PRIVATE}letters/<key:letter>/",
        case_pages.AppellantLetterPage.as_view(),
        name="appellant_letter",
    ),
    path(f"{PRIVATE}withdraw/", case_pages.WithdrawPage.as_view(), name="withdraw"),
    path(
        f"{PRIVATE}response/documents/",
        response_pages.RespondentDocumentsPage.as_view(),
        name="respondent_documents",
    ),
    path(
        f"{PRIVATE}response/documents/<key:pk>/",
        response_pages.RespondentFilePage.as_view(),
        name="respondent_file",
    ),
]
