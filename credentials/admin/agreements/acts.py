"""Acts on an agreement in the admin: opened, cancelled, renewed, sent out and signed (MC-6)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from credentials.admin.agreements.pages import TEMPLATES, AgreementPage
from credentials.agreements import versions
from credentials.agreements.access import signs_for
from credentials.agreements.forms import SignForm
from credentials.agreements.invitations import invite
from credentials.agreements.refusals import AgreementRefused
from credentials.agreements.signatures import sign_in_admin
from credentials.models import Agreement, AgreementParty

State = Agreement.State


class ActView(AgreementPage):
    """An act on an agreement: a page to confirm it, and a POST that carries it out."""

    question: Any = ""
    confirmation: Any = ""
    done: Any = ""
    template_name = f"{TEMPLATES}/confirm.html"

    def is_allowed(self) -> bool:
        """Only those who keep the agreement."""
        return self.keeps

    def act(self) -> Agreement:
        """Carry it out; the agreement to go on with. Raises AgreementRefused."""
        raise NotImplementedError

    def obstacles(self) -> list[str]:
        """What must be mended first."""
        return []

    def consequences(self) -> list[str]:
        """What it leads to, in sentences."""
        return []

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carry it out, and show the agreement."""
        try:
            result = self.act()
        except AgreementRefused as refused:
            messages.error(request, str(refused))
            return self.show_agreement()
        messages.success(request, str(self.done))
        return redirect("credentials_agreements:agreement", result.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "question": self.question,
            "confirmation": self.confirmation,
            "obstacles": self.obstacles(),
            "consequences": self.consequences(),
        }


class OpenView(ActView):
    """From draft to signature."""

    page_title = gettext_lazy("Open for signature")
    question = gettext_lazy("Open this version for signature?")
    confirmation = gettext_lazy("Yes, open it")
    done = gettext_lazy("Open for signature. Send invitations to those without an account.")

    def act(self) -> Agreement:
        versions.open_for_signature(self.agreement, self.request.user)
        return self.agreement

    def obstacles(self) -> list[str]:
        return versions.gaps(self.agreement)

    def consequences(self) -> list[str]:
        told = [_("The terms can no longer be changed, except by a new version that all sign.")]
        opened = Agreement.objects.filter(offering=self.agreement.offering_id, state=State.OPEN)
        if opened.exists():
            told.append(
                _("The version before no longer counts, although this one is not signed yet.")
            )
        return told


class CancelView(ActView):
    """The end of a version."""

    page_title = gettext_lazy("Cancel the agreement")
    question = gettext_lazy("Cancel this version of the agreement?")
    confirmation = gettext_lazy("Yes, cancel it")
    done = gettext_lazy("The version is cancelled. Its signatures stay on record.")

    def act(self) -> Agreement:
        versions.cancel(self.agreement, self.request.user)
        return self.agreement

    def consequences(self) -> list[str]:
        told = [_("Links that were sent stop working. Signatures stay on record.")]
        if self.agreement.state == State.OPEN:
            told.append(
                _("The newest other version that was opened counts again, if there is one.")
            )
        return told


class NewVersionView(ActView):
    """A draft with the same terms."""

    page_title = gettext_lazy("New version")
    question = gettext_lazy("Begin a new version with the same terms?")
    confirmation = gettext_lazy("Yes, begin it")
    done = gettext_lazy("A draft with the same terms. Change it, then open it for signature.")

    def act(self) -> Agreement:
        return versions.new_version(self.agreement, self.request.user)

    def consequences(self) -> list[str]:
        return [_("The present version goes on until the new one is opened for signature.")]


class PartyPage(AgreementPage):
    """A page about one party."""

    @cached_property
    def party(self) -> AgreementParty:
        """The party that the address names, or 404."""
        queryset = AgreementParty.objects.select_related("agreement__offering")
        return get_object_or_404(queryset, pk=self.kwargs["party_id"])

    @cached_property
    def agreement(self) -> Agreement:
        """The party's agreement."""
        return self.party.agreement


class InviteView(PartyPage):
    """Sends a private link, by POST."""

    http_method_names = ["post"]

    def is_allowed(self) -> bool:
        return self.keeps

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send it, and show the agreement."""
        try:
            invite(self.party, request.user)
        except AgreementRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request,
                _("An invitation is on its way to the signatory of %(party)s. It works once.")
                % {"party": self.party.name},
            )
        return self.show_agreement()


class SignView(PartyPage):
    """The signatory's own page: the terms, a tick, a signature."""

    template_name = f"{TEMPLATES}/sign.html"
    page_title = gettext_lazy("Sign the agreement")

    def is_allowed(self) -> bool:
        """Only the signatory, while there is something to sign or to read."""
        return signs_for(self.request.user, self.party) and self.agreement.state != State.DRAFT

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        terms_hash = self.agreement.terms_hash
        kwargs.setdefault("form", SignForm(initial={"terms_hash": terms_hash}))
        return {**super().get_context_data(**kwargs), "party": self.party, "terms_hash": terms_hash}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the terms, unless there is nothing to sign any more."""
        if self.party not in self.standing.unsigned or not self.standing.can_be_signed:
            messages.warning(request, _("There is nothing for you to sign here any more."))
            return self.show_agreement()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign exactly what was shown."""
        form = SignForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            sign_in_admin(self.party, request.user, form.cleaned_data["terms_hash"])
        except AgreementRefused as refused:
            messages.error(request, str(refused))
            return redirect("credentials_agreements:sign", self.party.pk)
        messages.success(request, _("You have signed for %(party)s.") % {"party": self.party.name})
        return self.show_agreement()
