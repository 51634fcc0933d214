"""Bundles in the admin: what belongs together, and how far each proposal is."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from credentials.admin.trails import AdminPage, Trail
from credentials.compliance.standings import open_proposals
from credentials.models import Offering
from workflows.deciding.progress import bundle_of, reasons_to_wait
from workflows.deciding.stage_reading import StageReading
from workflows.models import Bundle
from workflows.proposals.bundle_numbers import sharing_reference
from workflows.proposals.bundles import dissolve_bundle, make_bundle, may_bundle
from workflows.stages.current_stage import stage_state_of


class OfferingsField(forms.ModelMultipleChoiceField):
    """Chooses proposals by the titles of their drafts."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_admin_display_title())


class BundleForm(forms.Form):
    """What belongs together, and why."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    reason = forms.CharField(
        label=gettext_lazy("Why they belong together"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The committee reads it with each of them (GB-3)."),
    )
    reference = forms.CharField(
        label=gettext_lazy("Curriculum system reference"), max_length=100, required=False
    )
    others = OfferingsField(
        label=gettext_lazy("Together with"),
        queryset=Offering.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].queryset = others  # type: ignore[attr-defined]


class NewBundleView(AdminPage, FormView):
    """Bundles a proposal with others that are under way."""

    form_class = BundleForm
    template_name = "workflows/admin/bundle_form.html"
    page_title = gettext_lazy("Bundle")
    header_icon = "link"

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def trail(self) -> Trail:
        proposal = reverse("governance:proposal", args=[self.page.pk])
        return [(proposal, self.get_page_subtitle())]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(Offering, pk=kwargs["page_id"]).specific
        if not may_bundle(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        draft = self.page.get_latest_revision_as_object()
        return {"reference": draft.external_reference, "others": sharing_reference(draft)}

    def get_form_kwargs(self) -> dict[str, Any]:
        others = open_proposals().exclude(pk=self.page.pk).order_by("draft_title")
        return {**super().get_form_kwargs(), "others": others}

    def form_valid(self, form: BundleForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            bundle = make_bundle(
                self.request.user,
                [self.page, *data["others"]],
                data["title"],
                data["reason"],
                data["reference"],
            )
        except PermissionDenied as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("Bundled: they are published together or not at all."))
        return redirect(reverse("governance:bundle", args=[bundle.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "offering": self.page,
            "present": bundle_of(self.page.pk),
        }


class BundleView(AdminPage, TemplateView):
    """A bundle and how far each of its proposals is; dissolved by a POST."""

    template_name = "workflows/admin/bundle.html"
    page_title = gettext_lazy("Bundle")
    header_icon = "link"

    def get_page_subtitle(self) -> str:
        return str(self.bundle.title)

    def trail(self) -> Trail:
        return [(reverse("workflows_bundle_modeladmin_index"), _("Bundles"))]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("workflows.view_bundle"):
            raise PermissionDenied
        self.bundle = get_object_or_404(Bundle, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Dissolve it."""
        try:
            dissolve_bundle(self.bundle, request.user)
        except PermissionDenied as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Dissolved: each proposal goes its own way."))
        return redirect(reverse("governance:bundle", args=[self.bundle.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members = list(self.bundle.members.select_related("offering"))
        may_dissolve = all(may_bundle(self.request.user, m.offering) for m in members)
        return {
            **super().get_context_data(**kwargs),
            "bundle": self.bundle,
            "members": [(member, *self._standing(member)) for member in members],
            "may_dissolve": may_dissolve and self.bundle.state == Bundle.State.OPEN,
        }

    @staticmethod
    def _standing(member: Any) -> tuple[str, list[str]]:
        state = stage_state_of(member.offering)
        if state is None:
            return _("Not under decision"), []
        return state.task.name, reasons_to_wait(StageReading(state))
