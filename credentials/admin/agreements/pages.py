"""An agreement in the admin: its terms, its signatures, what is left to do (MC-6)."""

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
from wagtail.log_actions import registry

from credentials.admin.trails import AdminPage, Trail, for_readers
from credentials.agreements import versions
from credentials.agreements.access import VIEW, account_of, may_edit, may_read, signs_for
from credentials.agreements.status import Standing, standing_of
from credentials.models import Agreement, Offering, SigningInvitation

State = Agreement.State
TEMPLATES = "credentials/agreements/admin"
REGISTER = "credentials_agreement_modeladmin_index"


class OfferingView(View):
    """From an offering to its agreement: the one that counts, or the start of the first."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Send on. Raises PermissionDenied for those who may neither read nor begin one."""
        offering = get_object_or_404(Offering, pk=page_id).specific
        agreements = Agreement.objects.filter(offering=offering.pk)
        keeps = may_edit(request.user, offering)
        if not keeps and not request.user.has_perm(VIEW):
            raise PermissionDenied
        current = agreements.current().first() or (None if keeps else agreements.first())
        if current:
            return redirect("credentials_agreements:agreement", current.pk)
        if keeps:
            return redirect("credentials_agreements:begin", offering.pk)
        messages.warning(request, _("This offering has no agreement yet."))
        return redirect(REGISTER)


class AgreementPage(AdminPage, TemplateView):
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
        return self.agreement.title

    def trail(self) -> Trail:
        page = reverse("credentials_agreements:agreement", args=[self.agreement.pk])
        register = for_readers(self.request.user, VIEW, REGISTER, _("Agreements"))
        return [*register, (page, self.agreement.title)]

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
