"""The page where an offering's admission authority settles its requirements (AD-1 to AD-4)."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput, Button
from wagtail.models import Page

from credentials.admin.trails import AdminPage, Trail
from credentials.compliance.admission import (
    Consultation,
    draft_to_sign,
    refusal_for,
    sign_off,
)
from credentials.compliance.offering_reader import requirements_hash
from credentials.exceptions import NoPolicyInForce, SignOffRefused
from credentials.models import AdmissionSignOff, Offering
from credentials.people.actors import Person

NAMESPACE = "credentials_admission"


class SignOffForm(forms.Form):
    """Binds to the requirements that were shown."""

    shown_hash = forms.CharField(widget=forms.HiddenInput)


class ConsultedSignOffForm(SignOffForm):
    """Records the consultation as well (AD-2, AD-3)."""

    consulted = forms.CharField(
        label=gettext_lazy("Who was consulted"),
        max_length=200,
        help_text=gettext_lazy("Office and person."),
    )
    consulted_on = forms.DateField(label=gettext_lazy("On which day"), widget=AdminDateInput)
    consultation = forms.CharField(
        label=gettext_lazy("What was said"), widget=AdminAutoHeightTextInput
    )

    def clean_consulted_on(self) -> Any:
        """A consultation that is still to come settles nothing."""
        day = self.cleaned_data["consulted_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("The day lies in the future. Sign off once the consultation has taken place.")
            )
        return day


class SignOffView(AdminPage, FormView):
    """Shows the authority and the draft's requirements; takes the sign-off of its people."""

    template_name = "credentials/admission/sign_off.html"
    page_title = gettext_lazy("Admission")
    header_icon = "key"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.offering = get_object_or_404(Offering, pk=kwargs["pk"]).specific
        may_edit = self.offering.permissions_for_user(request.user).can_edit()
        if not may_edit and refusal_for(request.user, self.draft):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def draft(self) -> Offering:
        """What would be settled: the newest draft."""
        return draft_to_sign(self.offering)

    def get_page_subtitle(self) -> str:
        return self.draft.title

    def trail(self) -> Trail:
        editor = reverse("wagtailadmin_pages:edit", args=[self.offering.pk])
        return [(editor, self.draft.title)]

    def get_form_class(self) -> type[SignOffForm]:
        return ConsultedSignOffForm if self.draft.admission_authority.consults else SignOffForm

    def get_initial(self) -> dict[str, Any]:
        return {
            "shown_hash": requirements_hash(self.draft.admission_requirements),
            "consulted": self.draft.admission_authority.consults,
            "consultation": self.draft.admission_consultation,
        }

    def form_valid(self, form: SignOffForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            sign_off(
                self.offering,
                self.request.user,
                shown_hash=data["shown_hash"],
                consultation=Consultation(
                    consulted=data.get("consulted", ""),
                    consulted_on=data.get("consulted_on"),
                    said=data.get("consultation", ""),
                ),
            )
        except (SignOffRefused, NoPolicyInForce) as refused:
            form.add_error(None, str(refused))
            # What is read next is what stands now, so that is what the next try is for.
            data_now = self.request.POST.copy()
            data_now["shown_hash"] = requirements_hash(self.draft.admission_requirements)
            form.data = data_now
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("The admission requirements of “%(title)s” are settled.")
            % {"title": self.draft.title},
        )
        return redirect(reverse(f"{NAMESPACE}:sign_off", args=[self.offering.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        authority = self.draft.admission_authority
        past = list(AdmissionSignOff.objects.filter(offering_id=self.offering.pk))
        latest = past[0] if past else None
        shown = requirements_hash(self.draft.admission_requirements)
        return {
            **super().get_context_data(**kwargs),
            "offering": self.offering,
            "draft": self.draft,
            "authority": authority,
            "past": past,
            "is_settled": latest is not None
            and (latest.requirements_hash, latest.authority) == (shown, authority.name),
            "refusal": refusal_for(self.request.user, self.draft),
            "may_edit": self.offering.permissions_for_user(self.request.user).can_edit(),
        }


def register_urls() -> list[URLResolver]:
    """Addresses below the admin's own."""
    addresses = [path("<key:pk>/admission/", SignOffView.as_view(), name="sign_off")]
    return [path("offerings/", include((addresses, NAMESPACE), namespace=NAMESPACE))]


def header_button(page: Page, user: Person, **kwargs: Any) -> Iterator[Button]:
    """“Admission”, in the header of an offering's editor."""
    if not issubclass(page.specific_class or Page, Offering):
        return
    if page.permissions_for_user(user).can_edit() or not refusal_for(
        user, draft_to_sign(page.specific)
    ):
        yield Button(
            _("Admission"),
            reverse(f"{NAMESPACE}:sign_off", args=[page.pk]),
            icon_name="key",
            priority=56,
        )
