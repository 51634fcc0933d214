"""An agreement in the admin: read, opened, cancelled, renewed, sent out and signed (MC-6)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import registry

from credentials.agreements import versions
from credentials.agreements.access import VIEW, account_of, may_edit, may_read, signs_for
from credentials.agreements.forms import SignForm
from credentials.agreements.invitations import invite
from credentials.agreements.refusals import AgreementRefused
from credentials.agreements.signing import sign_in_admin
from credentials.agreements.standing import Standing, standing_of
from credentials.models import Agreement, AgreementParty, Offering, SigningInvitation

State = Agreement.State
TEMPLATES = "credentials/agreements/admin"


class OfferingView(View):
    """From an offering to its agreement: the one that counts, or the start of the first."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Send on. Raises PermissionDenied for those who may neither read nor begin one."""
        offering = get_object_or_404(Offering, pk=page_id).specific
        agreements = Agreement.objects.filter(offering=offering.pk)
        keeps = may_edit(request.user, offering)
        if not keeps and not request.user.has_perm(VIEW):  # type: ignore[union-attr]
            raise PermissionDenied
        current = agreements.current().first() or (None if keeps else agreements.first())
        if current:
            return redirect("credentials_agreements:agreement", current.pk)
        if keeps:
            return redirect("credentials_agreements:begin", offering.pk)
        messages.warning(request, _("This offering has no agreement yet."))
        return redirect("credentials_agreement_modeladmin_index")


class AgreementPage(WagtailAdminTemplateMixin, TemplateView):
    """What the pages of one agreement share."""

    page_title = gettext_lazy("Responsibilities agreement")
    header_icon = "doc-full-inverse"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self) -> bool:
        """Whether this person may open the page."""
        return may_read(self.request.user, self.agreement)

    @cached_property
    def agreement(self) -> Agreement:
        """The agreement that the address names, or 404."""
        queryset = Agreement.objects.select_related("offering", "created_by")
        return get_object_or_404(queryset, pk=self.kwargs["pk"])

    @cached_property
    def standing(self) -> Standing:
        """Where it stands."""
        return standing_of(self.agreement)

    @cached_property
    def keeps(self) -> bool:
        """Whether this person keeps the agreement."""
        return may_edit(self.request.user, self.agreement.offering)

    def get_page_subtitle(self) -> str:
        return str(self.agreement.offering.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "agreement": self.agreement,
            "standing": self.standing,
            "keeps": self.keeps,
        }

    def show_agreement(self) -> HttpResponse:
        """Back to its page."""
        return redirect("credentials_agreements:agreement", self.agreement.pk)


class AgreementView(AgreementPage):
    """The terms, the signatures, and what is left to do."""

    template_name = f"{TEMPLATES}/agreement.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        agreement = self.agreement
        is_draft = agreement.state == State.DRAFT
        others = Agreement.objects.filter(offering=agreement.offering_id).exclude(pk=agreement.pk)
        return {
            **super().get_context_data(**kwargs),
            "is_draft": is_draft,
            "is_cancelled": agreement.state == State.CANCELLED,
            "gaps": versions.gaps(agreement) if is_draft else [],
            "parties": [self._party(item) for item in self.standing.parties],
            "others": others.order_by("-number"),
            "has_draft": others.filter(state=State.DRAFT).exists(),
            "history": registry.get_logs_for_instance(agreement).select_related("user"),
        }

    def _party(self, item: Any) -> dict[str, Any]:
        """A party's signature, or what can be done for it."""
        waits = item.signature is None and self.standing.can_be_signed
        return {
            "party": item.party,
            "signature": item.signature,
            "mine": waits and signs_for(self.request.user, item.party),
            "can_invite": waits and self.keeps,
            "has_account": waits and account_of(item.party.signatory_email) is not None,
            "invitation": SigningInvitation.objects.filter(
                party=item.party, used_at__isnull=True, expires_at__gt=timezone.now()
            ).first()
            if waits
            else None,
        }


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
        return self.party.agreement  # type: ignore[no-any-return]


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
            return redirect(reverse("credentials_agreements:sign", args=[self.party.pk]))
        messages.success(request, _("You have signed for %(party)s.") % {"party": self.party.name})
        return self.show_agreement()
