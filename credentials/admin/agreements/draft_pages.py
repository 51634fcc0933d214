"""Writing the terms of an agreement while it is a draft."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.panels import get_edit_handler
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.widgets import AdminPageChooser

from credentials.admin.trails import AdminPage, Trail
from credentials.agreements import versions
from credentials.agreements.access import CHANGE, may_edit
from credentials.agreements.refusals import AgreementRefused
from credentials.models import Agreement, Offering


class TermsView:
    """What beginning and editing share. A refusal leads back to the offering's agreement."""

    model = Agreement
    permission_policy = None
    header_icon = "doc-full-inverse"
    request: HttpRequest
    object: Agreement

    def get_panel(self) -> Any:
        """The fields, as the model lists them."""
        return get_edit_handler(Agreement)

    def get_success_url(self) -> str:
        return reverse("credentials_agreements:agreement", args=[self.object.pk])

    def get_edit_url(self) -> str:
        return reverse("credentials_agreements:edit", args=[self.object.pk])

    def get_success_buttons(self) -> list[Any]:
        return []

    def form_valid(self, form: ModelForm) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except AgreementRefused as refused:
            response = self.refuse(refused, form.instance.offering_id)
        return response

    def refuse(self, refused: AgreementRefused, offering_id: int) -> HttpResponse:
        """Say why, and show what there is."""
        messages.error(self.request, str(refused))
        return redirect("credentials_agreements:of_offering", offering_id)


class BeginView(TermsView, CreateView):
    """The first version of an offering's agreement, with the parties that the offering names."""

    success_message = gettext_lazy("Saved as a draft. Nobody is asked to sign until you open it.")
    error_message = gettext_lazy("The agreement could not be saved due to errors.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_edit(request.user, self.offering):
            raise PermissionDenied
        try:
            self.beginning = versions.begin(self.offering, request.user)
        except AgreementRefused as refused:
            return self.refuse(refused, self.offering.pk)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def offering(self) -> Offering:
        """The offering that the address names, as its newest draft has it."""
        row = get_object_or_404(Offering, pk=self.kwargs["page_id"])
        return row.specific.get_latest_revision_as_object()

    def get_initial_form_instance(self) -> Agreement:
        return self.beginning

    def get_add_url(self) -> str:
        return self.request.path

    def get_page_subtitle(self) -> str:
        return _("Agreement for %(title)s") % {"title": self.offering.title}

    def get_success_message(self, instance: Agreement) -> str:
        return str(self.success_message)

    def save_instance(self) -> Agreement:
        versions.hold_number(self.form.instance)
        return super().save_instance()


class EditTermsView(TermsView, EditView):
    """A draft's terms."""

    success_message = gettext_lazy("Saved. Nobody is asked to sign until you open it.")
    error_message = gettext_lazy("The agreement could not be saved due to errors.")
    queryset = Agreement.objects.select_related("offering")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        agreement = get_object_or_404(self.queryset, pk=kwargs["pk"])
        if not may_edit(request.user, agreement.offering):
            raise PermissionDenied
        if agreement.state != Agreement.State.DRAFT:
            messages.error(
                request,
                _("Its terms are fixed since it was opened. Make a new version to change them."),
            )
            return redirect("credentials_agreements:agreement", agreement.pk)
        return super().dispatch(request, *args, **kwargs)

    @property
    def can_delete(self) -> bool:
        return False

    def get_success_message(self) -> str:
        return str(self.success_message)

    def save_instance(self) -> Agreement:
        versions.hold_draft(self.form.instance, self.request.user)
        return super().save_instance()


class ChooseOfferingForm(forms.Form):
    """For which offering."""

    offering: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=Offering.objects.all(),
        label=gettext_lazy("Offering"),
        widget=AdminPageChooser(target_models=[Offering]),
    )


class ChooseOfferingView(AdminPage, FormView):
    """From the register to a new agreement. `model_admin` is the register."""

    form_class = ChooseOfferingForm
    template_name = "credentials/agreements/admin/choose.html"
    page_title = gettext_lazy("New agreement")
    header_icon = "doc-full-inverse"
    model_admin: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def trail(self) -> Trail:
        return [(self.model_admin.url_helper.index_url, _("Agreements"))]

    def form_valid(self, form: ChooseOfferingForm) -> HttpResponse:
        offering = form.cleaned_data["offering"].specific
        if not may_edit(self.request.user, offering):
            form.add_error("offering", _("You may not edit this offering. Ask one of its editors."))
            return self.form_invalid(form)
        return redirect("credentials_agreements:of_offering", offering.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "media": context["form"].media}
