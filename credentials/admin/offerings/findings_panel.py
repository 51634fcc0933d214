"""The editor's side panel: what the policy still asks, by clause, each leading to its field."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from modelcluster.models import get_all_child_relations
from wagtail.admin.ui.side_panels import BaseSidePanel

from credentials.compliance.gates import report_on
from credentials.exceptions import NoPolicyInForce
from credentials.models import Offering, PolicyClause
from credentials.osap.departure_warning import notice_for
from credentials.policy.findings import Finding, Place, Remedy, Report, Severity, remedies

# Pages beside the editor, by the name that a Place gives them.
PAGES = {
    "agreement": (
        "credentials_agreements:of_offering",
        gettext_lazy("the responsibilities agreement"),
    ),
    "admission": ("credentials_admission:sign_off", gettext_lazy("the admission sign-off")),
}


@dataclass(frozen=True)
class Way:
    """How to get where a finding is mended: a page's address, or a field of the editor."""

    label: str
    place: Place
    url: str = ""


@dataclass(frozen=True)
class Step:
    """A finding's sentence, the further clauses that ask for it, and the way to mend it."""

    sentence: str
    also: str
    way: Way


@dataclass(frozen=True)
class ClauseFindings:
    """The findings of one severity under one clause."""

    number: str
    heading: str
    url: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class SeverityFindings:
    """The findings of one severity, by clause."""

    severity: Severity
    count: int
    clauses: tuple[ClauseFindings, ...]


class FindingsSidePanel(BaseSidePanel):
    """Findings on what stands in the editor; rendered anew with each save, automatic ones too.

    Give the report when it has been made already.
    """

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle findings")
        icon_name = "clipboard-list"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            report = self.panel.report
            count = len(remedies(report.blocks_approval)) if report else 0
            return {**super().get_context_data(parent_context), "count": count}

    name = "findings"
    title = gettext_lazy("Findings")
    template_name = "credentials/findings/panel.html"
    order = 150

    def __init__(
        self, object: Offering, request: HttpRequest, *, report: Report | None = None
    ) -> None:
        super().__init__(object, request)
        self._given = report

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            js=["credentials/findings.js", "credentials/osap.js"],
            css={"all": ["credentials/findings.css"]},
        )

    @cached_property
    def report(self) -> Report | None:
        """What the policy asks of it; None when no policy is in force."""
        if self._given is not None:
            return self._given
        try:
            return report_on(self.object)
        except NoPolicyInForce:
            return None

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        context["osap"] = notice_for(self.object, self.request.user)
        if self.report is None:
            return context | {"report": None, "count": 0, "announcement": ""}
        count = len(remedies(self.report.blocks_approval))
        return context | {
            "report": self.report,
            "groups": grouped(self.report, self.object),
            "count": count,
            "met": len(self.report.met),
            "asked": len(self.report.asked),
            "announcement": announcement(count),
        }


def announcement(count: int) -> str:
    """What a screen reader hears after a save."""
    if not count:
        return _("Nothing is missing.")
    return ngettext("1 finding left.", "%(count)s findings left.", count) % {"count": count}


def grouped(report: Report, offering: Offering) -> list[SeverityFindings]:
    """The findings by severity, then clause, in the report's order. One query, for headings."""
    headings = _headings(report)
    groups = []
    for severity, of_severity in groupby(report.findings, key=lambda finding: finding.severity):
        found = remedies(of_severity)
        clauses = tuple(
            ClauseFindings(
                number=number,
                heading=headings.get(number, ""),
                url=_reversed("policy:clause", number),
                steps=tuple(_step(remedy, offering) for remedy in of_clause),
            )
            for number, of_clause in groupby(found, key=lambda remedy: remedy.finding.clause)
        )
        groups.append(SeverityFindings(Severity(severity), len(found), clauses))
    return groups


def _step(remedy: Remedy, offering: Offering) -> Step:
    return Step(remedy.finding.sentence, ", ".join(remedy.also), way_to(remedy.finding, offering))


def way_to(finding: Finding, offering: Offering) -> Way:
    """Where this finding is mended, named as the editor names it."""
    place = finding.place
    if place.page in PAGES:
        name, label = PAGES[place.page]
        if not offering.pk:
            return Way("", place)
        url = _reversed(name, offering.pk)
        return Way(str(label), place, url) if url else Way("", place)
    return Way(_label(type(offering), place), place)


def _label(model: type[Offering], place: Place) -> str:
    relations = {r.get_accessor_name(): r.related_model for r in get_all_child_relations(model)}
    if place.field not in relations:
        return _name_of(model, place.field)
    child = relations[place.field]
    if place.row is None:
        return str(child._meta.verbose_name_plural)
    row = f"{child._meta.verbose_name} {place.row + 1}"
    return f"{row}, {_name_of(child, place.name)}" if place.name else row


def _name_of(model: Any, name: str) -> str:
    try:
        return str(model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return capfirst(name.replace("_", " "))


def _headings(report: Report) -> dict[str, str]:
    numbers = {finding.clause for finding in report.findings}
    if not numbers:
        return {}
    clauses = PolicyClause.objects.filter(version__label=report.policy, number__in=numbers)
    return dict(clauses.values_list("number", "heading"))


def _reversed(name: str, *args: Any) -> str:
    """The address, or "" on a site that has left that page out."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
