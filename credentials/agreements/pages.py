"""The public page on which an outside party signs: link, one-time code, terms, signature.

Before the code is accepted it shows nothing of the agreement. It works without JavaScript.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from credentials.agreements import invitations
from credentials.agreements.forms import SignByLinkForm
from credentials.agreements.refusals import AgreementRefused
from credentials.agreements.status import standing_of
from credentials.models import SigningInvitation
from credentials.private_links.page import PageBehindCode


class SigningPage(PageBehindCode):
    """One address for one invitation; what it shows depends on how far its signatory has come."""

    templates = "credentials/agreements"
    session_room = "credentials_signing"
    link: SigningInvitation

    def find(self, token: str) -> SigningInvitation | None:
        """The invitation; once it was used, for who used it only."""
        found = invitations.find(token)
        is_anothers = found is not None and found.used_at and not self.is_open(found)
        return None if is_anothers else found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the terms to sign, or what was signed."""
        return self.show("signed", **self._terms()) if self.link.used_at else self._show_terms()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign."""
        if self.link.used_at or request.POST.get("step") != "sign":
            return self.again()
        form = SignByLinkForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            try:
                invitations.sign_by_link(self.link, given["full_name"], given["terms_hash"])
            except AgreementRefused as refused:
                form.add_error(None, str(refused))
            else:
                return self.again()
        return self._show_terms(form)

    def send_code(self) -> None:
        invitations.send_code(self.link)

    def came_late(self) -> HttpResponse:
        """Nothing is signed that was not just read, so the form is not carried along."""
        messages.error(self.request, _("Time has run out. Ask for a new code, then sign."))
        return self.again()

    def _show_terms(self, form: SignByLinkForm | None = None) -> HttpResponse:
        terms = self._terms()
        # Always the hash of what is shown now: who was refused for changed terms reads them anew.
        shown_hash = terms["agreement"].terms_hash
        form = form or SignByLinkForm(initial={"terms_hash": shown_hash})
        return self.show("sign", form=form, terms_hash=shown_hash, **terms)

    def _terms(self) -> dict[str, Any]:
        party = self.link.party
        return {
            "agreement": party.agreement,
            "party": party,
            "standing": standing_of(party.agreement),
        }
