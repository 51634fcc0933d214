"""What the pages of appeals share: each goes through the one door, and no cache keeps it."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from appeals.access.door import open_case, open_list, sees_cases
from appeals.admin import reasons
from appeals.choices import Looked
from appeals.exceptions import ReasonNeeded
from appeals.models import Case
from appeals.models.cases import CaseQuerySet
from credentials.admin.trails import AdminPage, Trail

NAMESPACE = "appeals_admin"
TEMPLATES = "appeals/admin"
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}


class Confidential:
    """Keeps answers out of caches, and what is sent out of error reports."""

    @method_decorator(sensitive_post_parameters())
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        for name, value in PRIVATE.items():
            response[name] = value
        return response


class ThroughTheDoor:
    """Opens the case that the address names; a superuser says first why."""

    what: Looked = Looked.CASE
    case: Case
    kwargs: dict[str, Any]

    def detail(self) -> str:
        """What of the case is looked at, for the log; it names nobody."""
        return ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        number = kwargs["number"]
        try:
            self.case = open_case(
                request.user,
                number,
                self.what,
                detail=self.detail(),
                reason=reasons.given(request, number),
            )
        except ReasonNeeded:
            return redirect(f"{NAMESPACE}:reason_for_case", number)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class ThroughTheListsDoor:
    """Opens what is of no one case; a superuser says first why."""

    what: Looked = Looked.BOARD
    cases: CaseQuerySet

    def detail(self) -> str:
        """What is looked at, for the log; it names nobody."""
        return ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.cases = open_list(
                request.user, self.what, detail=self.detail(), reason=reasons.given(request)
            )
        except ReasonNeeded:
            return redirect(f"{NAMESPACE}:reason")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class AppealsPage(AdminPage, TemplateView):
    """A page below “Appeals”."""

    header_icon = "form"

    def trail(self) -> Trail:
        return [(reverse(f"{NAMESPACE}:board"), _("Appeals"))]


class CasePage(Confidential, ThroughTheDoor, AppealsPage):
    """A page of one case, which its title names."""

    def get_page_subtitle(self) -> str:
        return self.case.number

    def trail(self) -> Trail:
        number = self.case.number
        return [*super().trail(), (reverse(f"{NAMESPACE}:case", args=[number]), number)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "case": self.case,
            "as_superuser": not sees_cases(self.request.user),
        }
