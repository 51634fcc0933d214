"""The editor of offerings: it shows the policy's findings, and refuses to submit against them."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import get_page_models

from credentials.admin.offerings.findings_panel import FindingsSidePanel
from credentials.admin.offerings.readiness import (
    OfferingContentTypeUseView,
    OfferingExplorerView,
    OfferingFilterSet,
)
from credentials.compliance.gates import is_governed_change, report_on
from credentials.exceptions import NoPolicyInForce
from credentials.models import Offering
from credentials.models.offerings.editor_form import OfferingForm
from credentials.osap.departure_warning import notice_for
from credentials.policy.findings import Report

SUBMITTING = ("submit", "restart_workflow")


class ChecksPolicy:
    """What the views that create and edit an offering share.

    A refused submission comes back as the filled form, its findings on their fields, in a summary
    and in the panel alike; what it holds is judged as a draft would be, however incomplete.
    """

    report: Report | None = None

    def get_side_panels(self) -> MediaContainer:
        """Wagtail's panels and the findings: with the page, and with each automatic save."""
        panels = super().get_side_panels()  # type: ignore[misc]
        findings = FindingsSidePanel(self.page, self.request, report=self.report)  # type: ignore[attr-defined]
        return MediaContainer([*panels, findings])

    def form_valid(self, form: OfferingForm) -> HttpResponse:
        """Submit only what the policy lets through; a draft is saved whatever it lacks."""
        if self._refuse(form):
            return self.form_invalid(form)
        return super().form_valid(form)  # type: ignore[misc]

    def form_invalid(self, form: OfferingForm) -> HttpResponse:
        """Beside what is wrong with its fields, a submission is told what the policy asks."""
        if self.report is None:
            self._refuse(form)
        return super().form_invalid(form)  # type: ignore[misc]

    def _refuse(self, form: OfferingForm) -> bool:
        """Whether findings stand before submission; then the form shows them."""
        is_locked = getattr(self, "locked_for_user", False)
        if self.action_name not in SUBMITTING or is_locked:  # type: ignore[attr-defined]
            return False
        draft = self._submitted_draft
        if draft is None or not is_governed_change(draft):
            return False
        try:
            self.report = report_on(draft)
        except NoPolicyInForce as missing:
            form.add_error(None, str(missing))
            return True
        if self.report.blocks_submission:
            form.refuse(self.report.blocks_submission)
        return bool(self.report.blocks_submission)

    @cached_property
    def _submitted_draft(self) -> Offering | None:
        """What was sent, as the draft that saving it would make; None when it cannot be one."""
        form = self.form_class(  # type: ignore[attr-defined]
            self.request.POST,  # type: ignore[attr-defined]
            self.request.FILES,  # type: ignore[attr-defined]
            instance=self._fresh_page(),
            parent_page=getattr(self, "parent_page", None) or self.parent,  # type: ignore[attr-defined]
            for_user=self.request.user,  # type: ignore[attr-defined]
        )
        form.defer_required_fields()
        return form.save(commit=False) if form.is_valid() else None

    def _fresh_page(self) -> Offering:
        raise NotImplementedError


class OfferingCreateView(ChecksPolicy, CreateView):
    """A new offering: an empty one shows its findings at once."""

    def _fresh_page(self) -> Offering:
        page: Offering = self.page_class(owner=self.request.user)
        page.locale = self.page.locale
        return page

    def form_valid(self, form: OfferingForm) -> HttpResponse:
        """Two saves of one new page can meet, such as an automatic one: the later one is told."""
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except (ValidationError, IntegrityError) as clash:
            if isinstance(clash, ValidationError):
                form.add_error(None, clash.messages)
            form.add_error(
                None,
                _(
                    "Another page took this slug while this one was being saved, perhaps its own "
                    "automatic save. Look for it in the list, or save this one under another slug."
                ),
            )
            return self.form_invalid(form)


class OfferingEditView(ChecksPolicy, EditView):
    """An offering's newest draft."""

    def form_valid(self, form: OfferingForm) -> HttpResponse:
        """Save it; a person who saves figures that OSAP was not approved for is told (MC-5)."""
        response = super().form_valid(form)
        osap = None if self.expects_json_response else notice_for(self.page, self.request.user)
        if osap and osap.departures:
            figures = "; ".join(departure.sentence for departure in osap.departures)
            messages.warning(self.request, f"{osap.standing} {osap.follows} {figures}")
        return response

    def _fresh_page(self) -> Offering:
        page: Offering = self.get_object()
        return page


class OfferingRevertView(OfferingEditView, RevisionsRevertView):
    """An earlier draft, to be saved or submitted again."""


class OfferingPageViewSet(PageViewSet):
    """The views of every kind of offering, and the explorer below pages that hold only those."""

    model = Offering
    icon = "doc-full-inverse"
    add_view_class = OfferingCreateView
    edit_view_class = OfferingEditView
    revisions_revert_view_class = OfferingRevertView
    index_view_class = OfferingExplorerView
    content_type_use_view_class = OfferingContentTypeUseView
    filterset_class = OfferingFilterSet

    @cached_property
    def parent_models(self) -> list[Any]:
        """Pages below which nothing but offerings can stand."""
        return [
            model
            for model in get_page_models()
            if (children := model.allowed_subpage_models())
            and all(issubclass(child, Offering) for child in children)
        ]


offering_page_viewset = OfferingPageViewSet("offering_pages")
