"""The page behind a private link: a one-time code opens it for an hour, in one browser only.

Every link that does not work answers alike. What somebody sends after their hour is over goes
through the code page and on to where it was sent, so that nothing is written in vain.
"""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from credentials.context_processors import institution
from credentials.private_links import one_time_codes, opened
from credentials.private_links.forms import CodeForm
from credentials.private_links.headers import keep_private
from credentials.private_links.links import PrivateLinkRow
from credentials.private_links.one_time_codes import CodeRefused
from credentials.private_links.request_limits import CODES_FROM_PLACE, TooMany, place_of, spend

KEPT = "kept-"
NOT_FOUND = 404


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PageBehindCode(View):
    """A page for whoever has the link and reads the mail to which its codes go.

    A subclass finds the link, and has the templates “code” and “gone” in its folder. Its `get` and
    `post` run only once the code was accepted; `link` is there then.
    """

    http_method_names = ["get", "post"]
    templates: ClassVar[str]
    session_room: ClassVar[str]  # keeps what a browser opened apart from other kinds of links
    leads_nowhere: ClassVar[tuple[type[Exception], ...]] = (Http404,)
    link: Any

    def find(self, token: str) -> PrivateLinkRow | None:
        """The link, if it works for this browser."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return keep_private(self.enter(request, *args, **kwargs))

    def enter(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, or what stands before it."""
        link = self.find(kwargs["token"])
        if link is None:
            return self.gone()
        self.link = link
        answer = self.come_in() if self.is_open(link) else self._at_the_door()
        if answer is not None:
            return answer
        try:
            return super().dispatch(request, *args, **kwargs)
        except self.leads_nowhere:
            # Answered here, so that the headers are the same, and no log learns the address.
            return self.gone()

    def is_open(self, link: PrivateLinkRow) -> bool:
        """Whether this browser is within the hour of an accepted code."""
        return opened.is_open(self.request.session, self.session_room, link.token_hash)

    def come_in(self) -> HttpResponse | None:
        """What a page does for those inside before it answers; an answer takes its place."""
        return None

    def send_code(self) -> None:
        """Send a code. Raises CodeRefused."""
        one_time_codes.send_code(self.link)

    def came_late(self) -> HttpResponse:
        """A form whose hour is over: the code page, which carries it along."""
        return self._ask(CodeForm(), _without_token(self.request.POST))

    def gone(self) -> HttpResponse:
        """The answer to every link that does not work, whatever the reason."""
        return self.show("gone", NOT_FOUND)

    def show(self, name: str, status: int = 200, **context: Any) -> HttpResponse:
        """A page of these."""
        form = context.get("form")
        context["has_errors"] = bool(form is not None and form.errors)
        context["token"] = self.kwargs["token"]
        context.update(institution(self.request))
        return TemplateResponse(
            self.request, f"{self.templates}/{name}.html", context, status=status
        )

    def again(self) -> HttpResponse:
        """Back to this address, by GET."""
        return redirect(self.request.path)

    def _at_the_door(self) -> HttpResponse | None:
        """The code page; None when a code was accepted and a form that came along goes on."""
        step = self.request.POST.get("step", "")
        if step == "send":
            return self._send()
        if step == "enter":
            return self._enter_code()
        if self.request.method == "POST":
            return self.came_late()
        return self._ask(CodeForm(), QueryDict())

    def _send(self) -> HttpResponse:
        try:
            spend(CODES_FROM_PLACE, place_of(self.request))
            self.send_code()
        except (CodeRefused, TooMany) as refused:
            messages.error(self.request, str(refused))
        else:
            messages.success(self.request, _("A code is on its way. It works for ten minutes."))
        kept = _kept(self.request.POST)
        return self._ask(CodeForm(), kept) if kept else self.again()

    def _enter_code(self) -> HttpResponse | None:
        """None when the code was accepted, the hour begins, and a form that was kept goes on."""
        form, kept = CodeForm(self.request.POST), _kept(self.request.POST)
        if form.is_valid():
            try:
                spend(CODES_FROM_PLACE, place_of(self.request))
                one_time_codes.enter_code(self.link, form.cleaned_data["code"])
            except (CodeRefused, TooMany) as refused:
                form.add_error("code", str(refused))
            else:
                room = self.session_room
                opened.open_for_an_hour(self.request.session, room, self.link.token_hash)
                if not kept:
                    return self.again()
                self.request.POST = kept  # type: ignore[assignment]
                return None
        return self._ask(form, kept)

    def _ask(self, form: CodeForm, kept: QueryDict) -> HttpResponse:
        """The code page, which carries along what was kept."""
        fields = [(f"{KEPT}{name}", one) for name, many in kept.lists() for one in many]
        has_code = one_time_codes.has_code(self.link)
        return self.show("code", form=form, kept=fields, has_code=has_code)


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
