"""A clause's own page: what it means, where it lives, and which offerings meet or fail it."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from credentials.admin.pagination import paged
from credentials.admin.policy.pages import PolicyPage, counts, require
from credentials.admin.policy.words import words_of
from credentials.admin.table_exports import export
from credentials.compliance.offering_reader import views_of
from credentials.compliance.policies import terms_in_force
from credentials.compliance.standings import CHUNK, rows_of
from credentials.models import ClauseStanding, PolicyClause, PolicyVersion
from credentials.policy.evaluation import evaluate

PER_PAGE = 50
STANDING = ClauseStanding.Standing


def clause_in_force(number: str) -> PolicyClause:
    """The clause of the version in force, or 404."""
    version = PolicyVersion.objects.in_force().first()
    clause = PolicyClause.objects.filter(version=version, number=number).first()
    if version is None or clause is None:
        raise Http404(_("The policy in force has no clause %(number)s.") % {"number": number})
    return clause


def standings_of(number: str, standing: str) -> "QuerySet[ClauseStanding]":
    """Offerings that stand so with a clause, by title."""
    return (
        ClauseStanding.objects.filter(clause=number, standing=standing)
        .select_related("offering")
        .order_by("offering__title", "pk")
    )


def sentences_of(keys: list[int], number: str) -> dict[int, str]:
    """What each of these published offerings lacks under a clause, as of now, by primary key."""
    policy = terms_in_force()
    reports = {view.key: evaluate(view, policy) for view in views_of(rows_of(keys))}
    return {
        key: " ".join(dict.fromkeys(f.sentence for f in report.findings if f.clause == number))
        for key, report in reports.items()
    }


class ClauseView(PolicyPage):
    """One clause of the version in force."""

    template_name = "credentials/policy/clause.html"

    @cached_property
    def clause(self) -> PolicyClause:
        """The clause that the address names."""
        return clause_in_force(self.kwargs["number"])

    def get_page_subtitle(self) -> str:
        return str(self.clause)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = self.clause.number
        shown = self.request.GET.get("standing")
        standing = STANDING.MET if shown == STANDING.MET else STANDING.FAILING
        paging = paged(self.request, standings_of(number, standing), PER_PAGE)
        keys = [row.offering_id for row in paging["items"]]
        sentences = sentences_of(keys, number) if keys else {}
        found = counts()
        return {
            **super().get_context_data(**kwargs),
            **paging,
            "clause": self.clause,
            "version": self.clause.version,
            "rules": [words_of(rule) for rule in self.clause.rules.all()],
            "standing": standing,
            "failing": found.get((number, STANDING.FAILING), 0),
            "met": found.get((number, STANDING.MET), 0),
            "rows": [(row.offering, sentences.get(row.offering_id, "")) for row in paging["items"]],
        }


def clause_export(request: HttpRequest, number: str, extension: str) -> HttpResponseBase:
    """Every offering that the clause asks something of, as CSV or XLSX."""
    require(request.user, owner=False)
    clause = clause_in_force(number)
    headings = [_("Clause"), _("Offering"), _("Standing"), _("What is missing"), _("Editor")]
    return export(f"clause-{clause.number}", extension, chain([headings], _rows(request, number)))


def _rows(request: HttpRequest, number: str) -> Iterator[list[str]]:
    """Rows of the export, judged chunk by chunk, so that memory stays the same."""
    standings = ClauseStanding.objects.filter(clause=number).select_related("offering")
    last = 0
    while batch := list(standings.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = batch[-1].pk
        sentences = sentences_of([row.offering_id for row in batch], number)
        for row in batch:
            yield [
                number,
                row.offering.title,
                row.get_standing_display(),
                sentences.get(row.offering_id, ""),
                request.build_absolute_uri(
                    reverse("wagtailadmin_pages:edit", args=[row.offering_id])
                ),
            ]
