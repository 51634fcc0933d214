"""Drafts of a governed text: begun from a version, given up, or adopted (ADR 46).

A text's own page, which checks who may write, comes behind each of these views.
"""

import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import messages as flashes
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log

from credentials.admin.policy.versioned_forms import AdoptForm, NewDraftForm
from credentials.admin.policy.versioned_pages import VersionedPage


class DraftPage(VersionedPage):
    """A page that writes. `drafts_only` ones refuse an adopted version, with `refusal`."""

    drafts_only: ClassVar[bool] = True
    refusal: ClassVar[Any]

    def check_draft(self) -> None:
        """Raise PermissionDenied when the version can no longer change.

        Inside a transaction the version is held, so that nobody adopts it meanwhile.
        """
        known = self.versions.model.objects.filter(pk=self.version.pk)
        if connection.in_atomic_block:
            known.select_for_update().get()
        if self.drafts_only and known.adopted().exists():
            raise PermissionDenied(self.refusal % {"label": self.version.label})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page."""
        self.check_draft()
        return super().get(request, *args, **kwargs)


class NewDraftView(DraftPage):
    """Begin the next version as a copy of this one."""

    template_name: str | None = "credentials/admin/plain_form.html"
    page_subtitle = gettext_lazy("New draft")
    drafts_only = False
    form_class: ClassVar[type[NewDraftForm]]
    introduction: ClassVar[Any]

    def begin(self, label: str) -> Any:
        """Copy the version into a draft. Raises PermissionDenied."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form_class())
        return {
            **super().get_context_data(**kwargs),
            "introduction": self.introduction % {"label": self.version.label},
            "submit_label": _("Begin the draft"),
            "back_url": self.version_url,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Copy the version."""
        form = self.form_class(request.POST)
        if not form.is_valid():
            response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
            return response
        draft = self.begin(form.cleaned_data["label"])
        flashes.success(request, _("The draft “%(label)s” was begun.") % {"label": draft.label})
        return redirect(f"{self.namespace}:version", draft.pk)


class DeleteDraftView(DraftPage):
    """Give a draft up. Asks first; `consequence` says what goes with it."""

    template_name: str | None = "credentials/admin/confirm.html"
    page_subtitle = gettext_lazy("Delete draft")
    consequence: ClassVar[Any]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "question": _("Delete the draft “%(label)s”?") % {"label": self.version.label},
            "consequence": self.consequence,
            "confirm_label": _("Delete the draft"),
            "back_url": self.version_url,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Delete it, unless another draft was begun from it."""
        label = self.version.label
        with transaction.atomic():
            self.check_draft()
            if self.version.successors.exists():
                messages.error(request, _("Other drafts are based on this one. Delete them first."))
                return redirect(self.version_url)
            log(instance=self.version, action="wagtail.delete", user=request.user, deleted=True)
            self.version.delete()
        flashes.success(request, _("The draft “%(label)s” was deleted.") % {"label": label})
        return redirect(f"{self.namespace}:index")


class AdoptView(DraftPage):
    """Adopt a draft: says what that means and changes, and asks for the day."""

    form_class: ClassVar[type[AdoptForm]]
    adopted: ClassVar[Any]

    def adopt(self, day: datetime.date) -> None:
        """Let it take force on a day. Raises PermissionDenied, or ValidationError with reasons."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form_class(initial={"in_force_from": timezone.localdate()}))
        return {
            **super().get_context_data(**kwargs),
            "in_force": self.in_force,
            "differences": self.changes(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Adopt it, or say what is against it."""
        self.check_draft()
        form = self.form_class(request.POST)
        if form.is_valid():
            day = form.cleaned_data["in_force_from"]
            try:
                self.adopt(day)
            except ValidationError as error:
                self._explain(form, error)
            else:
                told = {"label": self.version.label, "date": date_format(day, "DATE_FORMAT")}
                flashes.success(request, self.adopted % told)
                return redirect(self.version_url)
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response

    def _explain(self, form: forms.Form, error: ValidationError) -> None:
        """Put a reason at the form's field; a field of the version is mended on another page."""
        if not hasattr(error, "error_dict"):
            form.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            if name == NON_FIELD_ERRORS or name in form.fields:
                form.add_error(name, errors)
                continue
            label = self.versions.model._meta.get_field(name).verbose_name
            for sentence in ValidationError(errors).messages:
                form.add_error(
                    None, _("%(field)s: %(sentence)s") % {"field": label, "sentence": sentence}
                )
