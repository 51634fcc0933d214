"""What-if reports in the admin: begin, watch, read, filter, export, cancel, delete."""

from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages as flashes
from django.db.models import Count, QuerySet
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from credentials.admin.pagination import paged
from credentials.admin.policy.pages import PolicyPage, may_own, require
from credentials.admin.policy.words import SEVERITIES
from credentials.admin.table_exports import export
from credentials.admin.trails import Trail
from credentials.compliance import what_if as trials
from credentials.exceptions import NoPolicyInForce
from credentials.models import PolicyClause, PolicyVersion, WhatIf, WhatIfEffect
from credentials.policy.findings import Severity

PER_PAGE = 50
State = WhatIf.State
Effect = WhatIfEffect.Effect
UNDER_WAY = (State.WAITING, State.RUNNING)


def effects_of(trial: WhatIf, chosen: dict[str, str]) -> "QuerySet[WhatIfEffect]":
    """The effects that pass a filter by clause, effect and `of` ("live" or "proposal")."""
    effects = trial.effects.select_related("offering").order_by("offering__title", "pk")
    if chosen.get("clause"):
        effects = effects.filter(clause=chosen["clause"])
    if chosen.get("effect") in Effect.values:
        effects = effects.filter(effect=chosen["effect"])
    if chosen.get("of") in ("live", "proposal"):
        effects = effects.filter(is_proposal=chosen["of"] == "proposal")
    return effects


def totals_of(trial: WhatIf) -> list[dict[str, Any]]:
    """Each affected clause with its heading and how many offerings and proposals change."""
    rows = trial.effects.order_by("clause").values("clause", "effect", "is_proposal")
    totals: dict[str, dict[str, Any]] = {}
    for row in rows.annotate(number=Count("pk")):
        of = "proposals" if row["is_proposal"] else "live"
        found = totals.setdefault(row["clause"], {"clause": row["clause"]})
        found[f"{row['effect']}_{of}"] = row["number"]
    labels = [trial.compared_with, trial.version.label]
    clauses = PolicyClause.objects.filter(version__label__in=labels, number__in=totals)
    for number, heading, position in clauses.values_list("number", "heading", "position"):
        totals[number] |= {"heading": heading, "position": position}
    return sorted(totals.values(), key=lambda total: (total.get("position", 0), total["clause"]))


class WhatIfView(PolicyPage):
    """One report, or how far it is."""

    template_name = "credentials/policy/what_if.html"

    @cached_property
    def trial(self) -> WhatIf:
        """The trial that the address names, or 404."""
        trials = WhatIf.objects.select_related("version", "created_by")
        return get_object_or_404(trials, pk=self.kwargs["pk"])

    def trail(self) -> Trail:
        version = self.trial.version
        return [*super().trail(), (reverse("policy:version", args=[version.pk]), version.label)]

    def get_page_subtitle(self) -> str:
        return _("What-if report")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trial = self.trial
        chosen = {name: self.request.GET.get(name, "") for name in ("clause", "effect", "of")}
        paging = paged(self.request, effects_of(trial, chosen), PER_PAGE)
        rows = [(effect, severity_name(effect)) for effect in paging["items"]]
        return {
            **super().get_context_data(**kwargs),
            **paging,
            "trial": trial,
            "is_under_way": trial.state in UNDER_WAY,
            "totals": totals_of(trial),
            "affected": trial.effects.order_by().values("offering").distinct().count(),
            "rows": rows,
            "chosen": chosen,
            "effects": Effect.choices,
            "query": urlencode({name: value for name, value in chosen.items() if value}),
            "may_own": may_own(self.request.user),
        }


class BeginWhatIfView(PolicyPage):
    """Begin a trial of a draft, by POST."""

    http_method_names = ["post"]
    owner_only = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Make it; its page runs it."""
        if PolicyVersion.objects.adopted().filter(pk=self.version.pk).exists():
            messages.error(request, _("That version is adopted already. A what-if is for a draft."))
            return redirect("policy:version", self.version.pk)
        try:
            trial = trials.begin(self.version, request.user)
        except NoPolicyInForce as error:
            messages.error(request, str(error))
            return redirect("policy:version", self.version.pk)
        return redirect("policy:what_if", trial.pk)


class WhatIfStepView(WhatIfView):
    """Run, cancel or delete a trial, by POST. The page's script asks for JSON."""

    http_method_names = ["post"]
    owner_only = True
    step = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take the step that the address names."""
        version = self.trial.version_id
        getattr(self, self.step)()
        if self.step == "delete":
            return redirect("policy:version", version)
        if request.accepts("text/html"):
            return redirect("policy:what_if", self.trial.pk)
        return progress_response(WhatIf.objects.get(pk=self.trial.pk))

    def start(self) -> None:
        """Hand it to the background; only a waiting one runs, so twice does no harm."""
        trials.run_what_if.enqueue(self.trial.pk)

    def cancel(self) -> None:
        """Stop it."""
        if trials.cancel(self.trial):
            flashes.success(self.request, _("The what-if was cancelled."))

    def delete(self) -> None:
        """Delete it with what it found; one that runs notices and stops."""
        self.trial.delete()
        flashes.success(self.request, _("The what-if report was deleted."))


def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """How far a trial is, as JSON: {"state", "done", "total"}."""
    require(request.user, owner=False)
    return progress_response(get_object_or_404(WhatIf, pk=pk))


def progress_response(trial: WhatIf) -> JsonResponse:
    """State, offerings checked, and offerings in all."""
    return JsonResponse({"state": trial.state, "done": trial.done, "total": trial.total})


def what_if_export(request: HttpRequest, pk: int, extension: str) -> HttpResponseBase:
    """The effects that the page's filter lets through, as CSV or XLSX."""
    require(request.user, owner=False)
    trial = get_object_or_404(WhatIf.objects.select_related("version"), pk=pk)
    chosen = {name: request.GET.get(name, "") for name in ("clause", "effect", "of")}
    headings = [
        _("Clause"),
        _("Offering"),
        _("Open proposal"),
        _("Effect"),
        _("Severity"),
        _("Finding"),
        _("Editor"),
    ]
    rows = (
        [
            effect.clause,
            effect.offering.title,
            _("yes") if effect.is_proposal else _("no"),
            effect.get_effect_display(),
            severity_name(effect),
            effect.sentence,
            request.build_absolute_uri(
                reverse("wagtailadmin_pages:edit", args=[effect.offering_id])
            ),
        ]
        for effect in effects_of(trial, chosen).iterator(chunk_size=500)
    )
    return export(f"what-if-{trial.pk}", extension, chain([headings], rows))


def severity_name(effect: WhatIfEffect) -> str:
    """What the finding holds up, in words."""
    return str(SEVERITIES[Severity(effect.severity)]) if effect.severity else ""
