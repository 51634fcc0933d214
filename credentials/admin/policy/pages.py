"""The policy in the admin: its versions, and one version clause by clause (SC-3, PO-1).

Everyone with access to the admin reads; the policy's owner writes. Every page checks it itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import Button

from credentials.admin.policy import versioned_pages
from credentials.admin.policy.versioned_pages import VersionedPage, state_of
from credentials.admin.policy.words import Difference, RuleWords, clauses_of, differences, words_of
from credentials.admin.trails import Trail
from credentials.compliance.policy_review import review_notice
from credentials.models import ClauseStanding, PolicyClause, PolicyVersion

NAMESPACE = "policy"
READ = "wagtailadmin.access_admin"
OWN = "credentials.own_policy"
WATCH = "credentials.view_policyversion"
STANDING = ClauseStanding.Standing


def may_own(user: Any) -> bool:
    """Whether this person may write and adopt versions (SC-3)."""
    return user.has_perm(OWN)


def require(user: Any, *, owner: bool) -> None:
    """Raise PermissionDenied unless the user may read, or with `owner` write, the policy."""
    if not user.has_perm(READ):
        raise PermissionDenied(_("The policy's pages are for those who work in the admin."))
    if owner and not may_own(user):
        raise PermissionDenied(_("Only the policy's owner writes and adopts its versions. SC-3"))


class PolicyPage(VersionedPage, TemplateView):
    """What all pages of the policy share. `owner_only` pages are for who may write it."""

    namespace = NAMESPACE
    versions = PolicyVersion.objects.select_related("adoption", "based_on")
    page_title = gettext_lazy("Policy")
    header_icon = "clipboard-list"
    owner_only: ClassVar[bool] = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(request.user, owner=self.owner_only)
        return super().dispatch(request, *args, **kwargs)

    def differences(self, before: PolicyVersion, after: PolicyVersion) -> list[Difference]:
        return differences(before, after)

    def trail(self) -> Trail:
        return [(reverse(f"{NAMESPACE}:index"), _("Policy"))]


class IndexView(versioned_pages.IndexView, PolicyPage):
    """All versions, newest first."""

    template_name = "credentials/policy/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "notice": review_notice(),
            "may_own": may_own(self.request.user),
        }


@dataclass(frozen=True)
class ClauseRow:
    """A clause with how many offerings meet and fail it; None where no rule asks for it."""

    clause: PolicyClause
    rules: tuple[RuleWords, ...]
    met: int | None
    failing: int | None


class VersionView(PolicyPage):
    """One version: its facts, and its clauses by part with their rules."""

    template_name = "credentials/policy/version.html"

    def get_page_subtitle(self) -> str:
        return self.version.label

    @cached_property
    def header_buttons(self) -> list[Button]:
        """What can be done with it: comparing for everyone, the rest for the owner."""
        buttons = []
        is_owner = may_own(self.request.user)
        if is_owner and not self.version.is_adopted:
            buttons += [
                self.button(_("Edit facts"), "facts", "edit", 10),
                self.button(_("Add clause"), "add_clause", "plus", 20),
                self.button(_("Adopt"), "adopt", "check", 40),
            ]
        if is_owner and self.version.is_adopted:
            buttons.append(self.button(_("New draft from this version"), "new_draft", "plus", 10))
        if self.in_force and self.version.pk != self.in_force.pk:
            buttons.append(self.button(_("Compare"), "changes", "resubmit", 30))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key, state = state_of(self.version, self.in_force)
        is_owner = may_own(self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "version": self.version,
            "state": state,
            "is_in_force": key == "in_force",
            "parts": self._parts(counts() if key == "in_force" else {}),
            "what_ifs": self.version.what_ifs.select_related("created_by")[:10],
            "notice": review_notice() if key == "in_force" else None,
            "may_own": is_owner,
            "may_edit": is_owner and not self.version.is_adopted,
        }

    def _parts(self, found: Mapping[tuple[str, str], int]) -> list[tuple[str, list[ClauseRow]]]:
        rows = []
        for clause in clauses_of(self.version):
            rules = tuple(words_of(rule) for rule in clause.rules.all())
            met, failing = (
                found.get((clause.number, state), 0) if rules else None
                for state in (STANDING.MET, STANDING.FAILING)
            )
            rows.append(ClauseRow(clause, rules, met, failing))
        grouped: Iterable[Any] = groupby(rows, key=lambda row: row.clause.part)
        return [(part, list(of_part)) for part, of_part in grouped]


def counts() -> dict[tuple[str, str], int]:
    """How many offerings stand how, by clause and standing."""
    rows = ClauseStanding.objects.values_list("clause", "standing").annotate(number=Count("pk"))
    return {(clause, standing): number for clause, standing, number in rows.order_by()}
