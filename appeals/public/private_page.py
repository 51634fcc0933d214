"""What all private pages share: a link, a one-time code, an hour, and nothing kept elsewhere.

Every link that does not work answers alike. What somebody sends after their hour is over goes
through the code page and on to where it was sent, so that nothing is written in vain.
"""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from appeals.choices import Purpose
from appeals.exceptions import CodeRefused, TooMany
from appeals.models import FilingDraft, PrivateLink
from appeals.private_access import links, one_time_codes
from appeals.private_access.request_limits import CODES_FROM_PLACE, place_of, spend
from appeals.uploads.inspection import LARGEST_MB
from appeals.uploads.intake import is_too_large
from credentials.doors.refused import judges_size
from credentials.private_links import opened
from credentials.private_links.forms import CodeForm
from credentials.private_links.headers import keep_private

ROOM = "appeals_private"
KEPT = "kept-"
TEMPLATES = "appeals/private"
NOT_FOUND, TOO_LARGE = 404, 413


def gone(request: HttpRequest) -> HttpResponse:
    """The answer to every link that does not work, whatever the reason."""
    return TemplateResponse(request, f"{TEMPLATES}/gone.html", status=NOT_FOUND)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PrivatePage(View):
    """A page behind a private link of one purpose; `link` is there once its code was accepted."""

    http_method_names = ["get", "post"]
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
            response = csrf_protect(self._enter)(request, *args, **kwargs)
        return keep_private(response)

    def leads_somewhere(self) -> bool:
        """Whether there is still something to do by this link, or to see."""
        return True

    def show(self, name: str, status: int = 200, **context: Any) -> HttpResponse:
        """A page of these."""
        form = context.get("form")
        context["has_errors"] = bool(form is not None and form.errors)
        context["token"] = self.kwargs["token"]
        return TemplateResponse(self.request, f"{TEMPLATES}/{name}.html", context, status=status)

    def again(self) -> HttpResponse:
        """Back to this address, by GET."""
        return redirect(self.request.path)

    def _enter(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        link = self._find(request, kwargs["token"])
        if link is None:
            return gone(request)
        self.link = link
        if not opened.is_open(request.session, ROOM, link.token_hash):
            answer = self._at_the_door(request)
            if answer is not None:
                return answer
        elif request.POST.get("step") == "leave":
            opened.close(request.session, ROOM, link.token_hash)
            return self.show("left")
        elif link.expires_at > timezone.now():
            opened.stay_open(request.session, ROOM, link.token_hash)
        try:
            return super().dispatch(request, *args, **kwargs)
        except (Http404, FilingDraft.DoesNotExist):
            # Answered here, so that the headers are the same, and no log learns the address.
            return gone(request)

    def _find(self, request: HttpRequest, token: str) -> PrivateLink | None:
        """The link, if it works for this browser.

        A newer message replaces a link, but does not throw out who is inside for their hour.
        """
        link = links.find_ended(token)
        if link is None or link.purpose != self.purpose:
            return None
        self.link = link
        if opened.is_open(request.session, ROOM, link.token_hash):
            return link
        return link if link.expires_at > timezone.now() and self.leads_somewhere() else None

    def _at_the_door(self, request: HttpRequest) -> HttpResponse | None:
        """The code page; None when a code was accepted and a form that came along goes on."""
        step = request.POST.get("step", "")
        if step != "enter":
            return self._ask(request, step)
        refused = self._refused(request)
        if refused is not None:
            return refused
        kept = _kept(request.POST)
        if not kept:
            return self.again()
        request.POST = kept  # type: ignore[assignment]
        return None

    def _ask(self, request: HttpRequest, step: str) -> HttpResponse:
        """The code page. A form that came too late is carried along in it."""
        kept = _kept(request.POST)
        if step == "send":
            try:
                spend(CODES_FROM_PLACE, place_of(request))
                one_time_codes.send_code(self.link)
            except (CodeRefused, TooMany) as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, _("A code is on its way. It works for ten minutes."))
            if not kept:
                return self.again()
        elif request.method == "POST":
            kept = _without_token(request.POST)
        return self._code_page(CodeForm(), kept)

    def _refused(self, request: HttpRequest) -> HttpResponse | None:
        """The code page again, or None when the code was accepted and the hour begins."""
        form = CodeForm(request.POST)
        if form.is_valid():
            try:
                spend(CODES_FROM_PLACE, place_of(request))
                one_time_codes.enter_code(self.link, form.cleaned_data["code"])
            except (CodeRefused, TooMany) as refused:
                form.add_error("code", str(refused))
            else:
                opened.open_for_an_hour(request.session, ROOM, self.link.token_hash)
                return None
        return self._code_page(form, _kept(request.POST))

    def _code_page(self, form: CodeForm, kept: QueryDict) -> HttpResponse:
        fields = [(f"{KEPT}{name}", one) for name, many in kept.lists() for one in many]
        has_code = one_time_codes.has_code(self.link)
        return self.show("code", form=form, kept=fields, has_code=has_code, purpose=self.purpose)


def _kept(post: QueryDict) -> QueryDict:
    """The fields of a form that was carried along, by their own names."""
    kept = QueryDict(mutable=True)
    for name, many in post.lists():
        if name.startswith(KEPT):
            kept.setlist(name.removeprefix(KEPT), many)
    return kept


def _without_token(post: QueryDict) -> QueryDict:
    kept = post.copy()
    kept.pop("csrfmiddlewaretoken", None)
    return kept
