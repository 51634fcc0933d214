"""Where somebody without an account begins to file, or asks for their link again (ADR 44)."""

from typing import Any

from django import forms
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView, View

from appeals import drafts
from appeals.access.door import no_case
from appeals.models import Case, Procedure
from appeals.notices.mail import tell_appellant
from appeals.private_access.contact import contact_of
from credentials.private_links.headers import keep_private
from credentials.private_links.request_limits import (
    MESSAGES_FROM_PLACE,
    MESSAGES_TO_ADDRESS,
    TooMany,
    place_of,
    spend,
)

QUICKEST_SECONDS = 2
LONGEST_SECONDS = 24 * 60 * 60
_SIGNER = signing.TimestampSigner(salt="appeals.begin")
_EMAIL = forms.EmailInput({"autocomplete": "email"})


def shown_now() -> str:
    """A signed mark of when a form was shown."""
    return _SIGNER.sign("shown")


class BeginForm(forms.Form):
    """An e-mail address, and what tells people from programs without asking a third party."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("A private link goes there. Only you can open it."),
        error_messages={
            "required": gettext_lazy("Write the address to which the link is to go."),
            "invalid": gettext_lazy(
                "This is no e-mail address. Write one such as name@example.org."
            ),
        },
        widget=_EMAIL,
    )
    # People do not see it; programs fill in all that there is.
    website = forms.CharField(label=gettext_lazy("Leave this empty"), required=False)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Refuse what no person sends. What was typed stays."""
        given = super().clean() or self.cleaned_data
        if given.get("website"):
            raise forms.ValidationError(
                _("A field that has to stay empty was filled in. Empty it, then send again.")
            )
        try:
            _SIGNER.unsign(given.get("shown", ""), max_age=LONGEST_SECONDS)
        except signing.BadSignature:
            raise forms.ValidationError(
                _("This page was open for very long. Send it once more.")
            ) from None
        if _was_just_shown(given["shown"]):
            raise forms.ValidationError(
                _("This was sent faster than people type. Wait a moment, then send it once more.")
            )
        return given


class LinkForm(BeginForm):
    """Asks for a new link to a case that was filed, by its number."""

    number = forms.CharField(
        label=gettext_lazy("Number of your appeal"),
        max_length=20,
        help_text=gettext_lazy("Such as A-2026-0001; it stands in our messages."),
        error_messages={"required": gettext_lazy("Write the number.")},
    )
    field_order = ("number", "email", "website", "shown")


@method_decorator(sensitive_post_parameters(), name="dispatch")
class BeginPage(View):
    """An address, to which a link goes."""

    http_method_names = ["get", "post"]
    form_class: type[BeginForm] = BeginForm
    template_name = "appeals/begin.html"
    sent = "appeals:sent"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return keep_private(super().dispatch(request, *args, **kwargs))

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._show(self.form_class())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send the link. The answer is the same whatever is known of the address."""
        form = self.form_class(request.POST)
        if form.is_valid():
            try:
                spend(MESSAGES_FROM_PLACE, place_of(request))
                spend(MESSAGES_TO_ADDRESS, form.cleaned_data["email"])
            except TooMany as refused:
                form.add_error(None, str(refused))
            else:
                self.send(form.cleaned_data)
                return redirect(self.sent)
        return self._show(form)

    def send(self, given: dict[str, Any]) -> None:
        """Do what was asked for."""
        drafts.begin(given["email"], get_language() or "en")

    def _show(self, form: BeginForm) -> HttpResponse:
        procedure = Procedure.objects.in_force().first()
        if procedure is None:
            raise Http404
        context = {
            "form": form,
            "has_errors": bool(form.errors),
            # A page that was open too long gets a fresh mark with its refusal.
            "shown": shown_now() if not form.is_bound else _kept_mark(form),
            "procedure": procedure,
        }
        return TemplateResponse(self.request, self.template_name, context)


class LostLinkPage(BeginPage):
    """A new link to a case, for whoever knows its number and reads the appellant's mail."""

    form_class = LinkForm
    template_name = "appeals/lost_link.html"

    def send(self, given: dict[str, Any]) -> None:
        """Only to the address that the case has now; for all others everything is taken back.

        It is done first all the same, so that no answer comes sooner where there is no such case.
        """
        # Held, so that no link goes to an address that is being corrected.
        with transaction.atomic():
            cases = Case.objects.select_for_update(of=("self",))
            case = cases.filter(number__iexact=given["number"].strip()).first() or no_case()
            with transaction.atomic():
                is_theirs = contact_of(case).has_email(given["email"])
                tell_appellant(case)
                transaction.set_rollback(not is_theirs)


class SentPage(TemplateView):
    """What to do next: look into one's mail."""

    template_name = "appeals/sent.html"


def _was_just_shown(mark: str) -> bool:
    try:
        _SIGNER.unsign(mark, max_age=QUICKEST_SECONDS)
    except signing.SignatureExpired:
        return False
    return True


def _kept_mark(form: BeginForm) -> str:
    """The form's own mark while it is good, so that sending again needs no more waiting."""
    mark = form.data.get("shown", "")
    try:
        _SIGNER.unsign(mark, max_age=LONGEST_SECONDS)
    except signing.BadSignature:
        return shown_now()
    return mark
