"""What the admin's pages share about a text that has versions: the policy, the appeal procedure.

A version is a draft until it is adopted for a day; from then on it never changes (ADR 46).
"""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from credentials.admin.trails import AdminPage


def state_of(version: Any, in_force: Any) -> tuple[str, str]:
    """A key and a name for where a version stands: draft, coming, in_force or superseded."""
    if not version.is_adopted:
        return "draft", _("Draft")
    if in_force and version.pk == in_force.pk:
        return "in_force", _("In force")
    if version.adoption.in_force_from > timezone.localdate():
        return "coming", _("Takes force on its date")
    return "superseded", _("Superseded")


class VersionedPage(AdminPage):
    """A page of the versions of one text; it goes before the page that checks who may open it.

    `namespace` has the addresses `index` and `version`. `versions` is the queryset of all of them,
    with what the pages read of each; its model's `objects` know `adopted()` and `in_force()`.
    """

    namespace: ClassVar[str]
    versions: ClassVar[Any]
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def version(self) -> Any:
        """The version that the address names, or 404."""
        return get_object_or_404(self.versions.all(), pk=self.kwargs["pk"])

    @cached_property
    def in_force(self) -> Any:
        """The version in force today, if any."""
        return self.versions.in_force().first()

    @property
    def version_url(self) -> str:
        """Where the version is read."""
        return self.address("version")

    def address(self, name: str) -> str:
        """The address of a page about this version."""
        return reverse(f"{self.namespace}:{name}", args=[self.version.pk])

    def button(self, label: str, name: str, icon: str, priority: int) -> HeaderButton:
        """A button that leads to a page about this version; small priorities come first."""
        return HeaderButton(label=label, url=self.address(name), icon_name=icon, priority=priority)

    def differences(self, before: Any, after: Any) -> list[Any]:
        """What differs between two versions, as the templates show it."""
        raise NotImplementedError

    def changes(self) -> list[Any]:
        """What this version changes against the one in force; nothing where there is none."""
        return self.differences(self.in_force, self.version) if self.in_force else []


class IndexView(VersionedPage):
    """All versions, newest first, each with where it stands."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [(version, *state_of(version, self.in_force)) for version in self.versions.all()]
        return {**super().get_context_data(**kwargs), "rows": rows, "in_force": self.in_force}


class ChangesView(VersionedPage):
    """What a version would change, or changed, against the one in force."""

    page_subtitle = gettext_lazy("Compare with the version in force")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "in_force": self.in_force,
            "differences": self.changes(),
        }
