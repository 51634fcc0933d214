"""What all private pages of appeals share: whose link it is, how much is taken, when it closes."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from appeals.choices import Purpose
from appeals.models import FilingDraft, PrivateLink
from appeals.private_access.links import find_ended
from appeals.uploads.inspection import LARGEST_MB
from appeals.uploads.intake import is_too_large
from credentials.doors.refused import judges_size
from credentials.private_links import opened
from credentials.private_links.headers import keep_private
from credentials.private_links.page import NOT_FOUND, PageBehindCode

TEMPLATES = "appeals/private"
TOO_LARGE = 413


def gone(request: HttpRequest) -> HttpResponse:
    """The answer to every link that does not work, whatever the reason."""
    return TemplateResponse(request, f"{TEMPLATES}/gone.html", status=NOT_FOUND)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PrivatePage(PageBehindCode):
    """A page behind a private link of one purpose."""

    templates = TEMPLATES
    session_room = "appeals_private"
    leads_nowhere = (Http404, FilingDraft.DoesNotExist)
    purpose: ClassVar[Purpose]
    link: PrivateLink

    # The size is judged before the protection against forged requests reads all that was sent.
    @method_decorator(csrf_exempt)
    @method_decorator(judges_size)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_too_large(request):
            context = {"most": LARGEST_MB}
            response: HttpResponseBase = self.show("too_large", status=TOO_LARGE, **context)
        else:
            response = csrf_protect(self.enter)(request, *args, **kwargs)
        return keep_private(response)

    def find(self, token: str) -> PrivateLink | None:
        """The link, if it works for this browser.

        A newer message replaces a link, but does not throw out who is inside for their hour.
        """
        link = find_ended(token)
        if link is None or link.purpose != self.purpose:
            return None
        self.link = link
        if self.is_open(link):
            return link
        return link if link.expires_at > timezone.now() and self.leads_somewhere() else None

    def leads_somewhere(self) -> bool:
        """Whether there is still something to do by this link, or to see."""
        return True

    def come_in(self) -> HttpResponse | None:
        """Leave, or stay: the hour begins anew by use, unless the link was replaced."""
        session, key = self.request.session, self.link.token_hash
        if self.request.POST.get("step") == "leave":
            opened.close(session, self.session_room, key)
            return self.show("left")
        if self.link.expires_at > timezone.now():
            opened.stay_open(session, self.session_room, key)
        return None

    def gone(self) -> HttpResponse:
        return gone(self.request)
