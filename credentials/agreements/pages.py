"""The public page on which an outside party signs: link, one-time code, terms, signature.

Before the code is accepted it shows nothing of the agreement. It works without JavaScript, and is
kept by no cache, found by no search, and named to no other site.
"""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from credentials.agreements import invitations
from credentials.agreements.forms import SignByLinkForm
from credentials.agreements.refusals import AgreementRefused
from credentials.agreements.status import standing_of
from credentials.context_processors import institution
from credentials.models import SigningInvitation
from credentials.private_links import opened
from credentials.private_links.forms import CodeForm
from credentials.private_links.headers import keep_private

SESSION_KEY = "credentials_signing"
NOT_FOUND = 404
TEMPLATES = "credentials/agreements"


@method_decorator(sensitive_post_parameters("code", "full_name"), name="dispatch")
class SigningPage(View):
    """One address for one invitation; what it shows depends on how far its signatory has come."""

    http_method_names = ["get", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = invitations.find(kwargs["token"])
        if found is None or (found.used_at and not self._is_open(found)):
            response: HttpResponseBase = self._show("gone", status=NOT_FOUND)
        else:
            self.invitation = found
            response = super().dispatch(request, *args, **kwargs)
        return keep_private(response)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for the code, show the terms to sign, or what was signed."""
        if not self._is_open(self.invitation):
            return self._ask_for_code(CodeForm())
        if self.invitation.used_at:
            return self._show("signed", **self._terms())
        return self._show_terms()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the step that the form names: send a code, enter it, sign."""
        steps = {"send": self._send, "enter": self._enter, "sign": self._sign}
        step = steps.get(request.POST.get("step", ""))
        return step() if step else self._again()

    def _send(self) -> HttpResponse:
        try:
            invitations.send_code(self.invitation)
        except AgreementRefused as refused:
            messages.error(self.request, str(refused))
        else:
            messages.success(self.request, _("A code is on its way. It works for ten minutes."))
        return self._again()

    def _enter(self) -> HttpResponse:
        form = CodeForm(self.request.POST)
        if form.is_valid():
            try:
                invitations.enter_code(self.invitation, form.cleaned_data["code"])
            except AgreementRefused as refused:
                form.add_error("code", str(refused))
                self.invitation.refresh_from_db()
            else:
                self._open()
                return self._again()
        return self._ask_for_code(form)

    def _sign(self) -> HttpResponse:
        if not self._is_open(self.invitation):
            messages.error(self.request, _("Time has run out. Ask for a new code, then sign."))
            return self._again()
        if self.invitation.used_at:
            return self._again()
        form = SignByLinkForm(self.request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                invitations.sign_by_link(self.invitation, given["full_name"], given["terms_hash"])
            except AgreementRefused as refused:
                form.add_error(None, str(refused))
            else:
                return self._again()
        return self._show_terms(form)

    def _ask_for_code(self, form: CodeForm) -> HttpResponse:
        return self._show("code", form=form, has_code=invitations.has_code(self.invitation))

    def _show_terms(self, form: SignByLinkForm | None = None) -> HttpResponse:
        terms = self._terms()
        # Always the hash of what is shown now: who was refused for changed terms reads them anew.
        shown_hash = terms["agreement"].terms_hash
        form = form or SignByLinkForm(initial={"terms_hash": shown_hash})
        return self._show("sign", form=form, terms_hash=shown_hash, **terms)

    def _terms(self) -> dict[str, Any]:
        party = self.invitation.party
        return {
            "agreement": party.agreement,
            "party": party,
            "standing": standing_of(party.agreement),
        }

    def _show(self, name: str, status: int = 200, **context: Any) -> HttpResponse:
        form: Form | None = context.get("form")
        context["has_errors"] = bool(form is not None and form.errors)
        return TemplateResponse(
            self.request,
            f"{TEMPLATES}/{name}.html",
            {**institution(self.request), **context},
            status=status,
        )

    def _again(self) -> HttpResponse:
        return redirect("credentials:sign_agreement", self.kwargs["token"])

    def _open(self) -> None:
        """Remember, in this browser only and for an hour, that the code was accepted."""
        opened.open_for_an_hour(self.request.session, SESSION_KEY, self.invitation.token_hash)

    def _is_open(self, invitation: SigningInvitation) -> bool:
        return opened.is_open(self.request.session, SESSION_KEY, invitation.token_hash)
