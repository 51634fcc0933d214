"""Comparing a version with the one in force, and adopting it (SC-3, PO-1)."""

from typing import Any

from django.contrib import messages as flashes
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from credentials.admin.policy_editing import OwnerPage
from credentials.admin.policy_forms import AdoptForm
from credentials.admin.policy_pages import PolicyPage
from credentials.admin.policy_words import differences, fact_differences, name_of_field
from credentials.compliance.adopting import adopt
from credentials.compliance.standing import refresh_all
from credentials.models import PolicyVersion, WhatIf


class ChangesView(PolicyPage):
    """What a version would change, or changed, against the one in force, in words."""

    template_name = "credentials/policy/changes.html"
    page_subtitle = gettext_lazy("Compare with the version in force")

    def trail(self) -> list[tuple[str, str]]:
        return [(reverse("policy:version", args=[self.version.pk]), self.version.label)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = self.in_force
        return {
            **super().get_context_data(**kwargs),
            "version": self.version,
            "in_force": known,
            "facts": fact_differences(known, self.version) if known else [],
            "differences": differences(known, self.version) if known else [],
        }


class AdoptView(OwnerPage):
    """Adopt a draft: says what that means, what is known of its effect, and asks for the day."""

    template_name = "credentials/policy/adopt.html"
    page_subtitle = gettext_lazy("Adopt")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", AdoptForm(initial={"in_force_from": timezone.localdate()}))
        found = differences(self.in_force, self.version) if self.in_force else []
        tally = {
            kind: sum(d.kind == kind for d in found) for kind in ("added", "changed", "removed")
        }
        return {
            **super().get_context_data(**kwargs),
            "version": self.version,
            "in_force": self.in_force,
            "tally": tally,
            "latest": latest_trial(self.version),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Adopt it; every offering is checked again when its day has come."""
        self.check_draft()
        form = AdoptForm(request.POST)
        if form.is_valid():
            day = form.cleaned_data["in_force_from"]
            try:
                with transaction.atomic():
                    adopt(self.version, day, request.user)
                    if day <= timezone.localdate():
                        transaction.on_commit(check_all.enqueue)
            except ValidationError as error:
                _explain(form, error)
            else:
                flashes.success(
                    request,
                    _("“%(label)s” was adopted and takes force on %(date)s.")
                    % {"label": self.version.label, "date": date_format(day, "DATE_FORMAT")},
                )
                return redirect(self.version_url)
        return self.render_to_response(self.get_context_data(form=form))


@task()
def check_all() -> None:
    """Check every offering under the version that has just taken force."""
    refresh_all()


def latest_trial(version: PolicyVersion) -> dict[str, Any] | None:
    """The newest what-if that ran to its end, and how many clauses and offerings it names."""
    trial = version.what_ifs.filter(state=WhatIf.State.DONE).first()
    if trial is None:
        return None
    totals = trial.effects.order_by().values("effect")
    found = totals.annotate(
        offerings=Count("offering", distinct=True), clauses=Count("clause", distinct=True)
    )
    return {"trial": trial, "effects": {row["effect"]: row for row in found}}


def _explain(form: AdoptForm, error: ValidationError) -> None:
    """Put a reason at the form's field; a fact of the version is mended on another page."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        if name in form.fields:
            form.add_error(name, errors)
            continue
        label = name_of_field(PolicyVersion, name)
        for sentence in ValidationError(errors).messages:
            form.add_error(
                None, _("%(field)s: %(sentence)s") % {"field": label, "sentence": sentence}
            )
