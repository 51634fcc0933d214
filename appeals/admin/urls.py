"""Addresses of appeals in the admin. They hold numbers of cases, never a name."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem

from appeals.access.door import sees_cases
from appeals.admin.cases import files
from appeals.admin.cases.act_page import ActView
from appeals.admin.cases.copy_page import CopyView
from appeals.admin.cases.filing_page import FileView
from appeals.admin.cases.letter_page import IssueLetterView
from appeals.admin.cases.page import CaseView
from appeals.admin.cases.reason_page import ReasonView
from appeals.admin.menu import OfficeItem
from appeals.admin.office.access_log import AccessLogView
from appeals.admin.office.board import BoardView
from appeals.admin.office.statistics_page import StatisticsView
from appeals.admin.pages import NAMESPACE

_ADDRESSES = [
    path("board/", BoardView.as_view(), name="board"),
    path("file/", FileView.as_view(), name="file"),
    path("log/", AccessLogView.as_view(), name="log"),
    path("statistics/", StatisticsView.as_view(), name="statistics"),
    path("reason/", ReasonView.as_view(), name="reason"),
    path("cases/<str:number>/", CaseView.as_view(), name="case"),
    path("cases/<str:number>/copy/", CopyView.as_view(), name="copy"),
    path("cases/<str:number>/reason/", ReasonView.as_view(), name="reason_for_case"),
    path("cases/<str:number>/letters/new/", IssueLetterView.as_view(), name="issue_letter"),
    path("cases/<str:number>/letters/<key:place>/", files.LetterView.as_view(), name="letter"),
    path(
        "cases/<str:number>/letters/<key:place>/pdf/",
        files.LetterPdfView.as_view(),
        name="letter_pdf",
    ),
    path("cases/<str:number>/documents/<key:pk>/", files.DocumentView.as_view(), name="document"),
    path("cases/<str:number>/acts/<slug:act>/", ActView.as_view(), name="act"),
]


class CasesItem(MenuItem):
    """Shown to those who have to do with cases; asked once for a page, however many there are."""

    def is_shown(self, request: HttpRequest) -> bool:
        asked = request.__dict__
        if "_sees_cases" not in asked:
            asked["_sees_cases"] = sees_cases(request.user)
        return bool(asked["_sees_cases"])


def register_urls() -> list[URLResolver]:
    """Addresses below the admin's own."""
    return [path("appeals/", include((_ADDRESSES, NAMESPACE), namespace=NAMESPACE))]


def board_item() -> MenuItem:
    """“Open appeals”, below “Appeals”."""
    address = reverse(f"{NAMESPACE}:board")
    return CasesItem(_("Open appeals"), address, icon_name="list-ul", order=100)


def register_item() -> MenuItem:
    """“Register of appeals”."""
    address = reverse("appeals_case_modeladmin_index")
    return CasesItem(_("Register of appeals"), address, icon_name="table", order=110)


def statistics_item() -> MenuItem:
    """“Yearly figures”."""
    address = reverse(f"{NAMESPACE}:statistics")
    return OfficeItem(_("Yearly figures"), address, icon_name="doc-full", order=120)


def log_item() -> MenuItem:
    """“Access log”."""
    return OfficeItem(_("Access log"), reverse(f"{NAMESPACE}:log"), icon_name="history", order=130)


def certificates_item() -> MenuItem:
    """“Certificates of purges”."""
    address = reverse("appeals_purgecertificate_modeladmin_index")
    return OfficeItem(_("Certificates of purges"), address, icon_name="bin", order=140)
