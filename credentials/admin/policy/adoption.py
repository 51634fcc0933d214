"""Comparing a version with the one in force, and adopting it (SC-3, PO-1)."""

import datetime
from collections import Counter
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django_tasks import task

from credentials.admin.policy import versioned_drafts, versioned_pages
from credentials.admin.policy.draft_pages import OwnerPage
from credentials.admin.policy.forms import AdoptForm
from credentials.admin.policy.pages import PolicyPage
from credentials.admin.policy.words import fact_differences
from credentials.admin.trails import Trail
from credentials.compliance.adoption import adopt
from credentials.compliance.standings import refresh_all
from credentials.models import PolicyVersion, WhatIf


class ChangesView(versioned_pages.ChangesView, PolicyPage):
    """What a version would change, or changed, against the one in force, in words."""

    template_name = "credentials/policy/changes.html"

    def trail(self) -> Trail:
        return [*super().trail(), (self.version_url, self.version.label)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = self.in_force
        return {
            **super().get_context_data(**kwargs),
            "version": self.version,
            "facts": fact_differences(known, self.version) if known else [],
        }


class AdoptView(versioned_drafts.AdoptView, OwnerPage):
    """Adopt a draft: says what that means, what is known of its effect, and asks for the day."""

    template_name = "credentials/policy/adopt.html"
    page_subtitle = gettext_lazy("Adopt")
    form_class = AdoptForm
    adopted = gettext_lazy("“%(label)s” was adopted and takes force on %(date)s.")

    def adopt(self, day: datetime.date) -> None:
        """Adopt it; every offering is checked again when its day has come."""
        with transaction.atomic():
            adopt(self.version, day, self.request.user)
            if day <= timezone.localdate():
                transaction.on_commit(check_all.enqueue)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        kinds = Counter(difference.kind for difference in context["differences"])
        return {
            **context,
            "version": self.version,
            "tally": {kind: kinds[kind] for kind in ("added", "changed", "removed")},
            "latest": latest_trial(self.version),
        }


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
