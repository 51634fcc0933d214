"""Refusals. Each carries a sentence for the person, saying what to do instead."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils.translation import gettext as _

from credentials.policy.findings import remedies

if TYPE_CHECKING:
    from django.db import models

    from credentials.policy.findings import Finding, Report


class NotApproved(PermissionDenied):
    """Content without an approval was about to become public (law 1)."""

    def __init__(self, title: str, remedy: str = "") -> None:
        remedy = remedy or _(
            "Save it as a draft and submit it for approval; it is published when its route ends."
        )
        super().__init__(
            _("“%(title)s” cannot be made public: this content has not been approved. %(remedy)s")
            % {"title": title, "remedy": remedy}
        )


class NotWithdrawn(PermissionDenied):
    """A published offering was about to vanish without its withdrawal being decided (law 7)."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _(
                "“%(title)s” has a record that people rely on, so it cannot simply be unpublished "
                "or deleted. Use “Retire or withdraw” so that the decision is recorded."
            )
            % {"title": title}
        )


class FileIsNamed(PermissionDenied):
    """The file of a picture or document was about to go that the record names (law 3)."""

    def __init__(self, title: str, place: str) -> None:
        super().__init__(
            _(
                "The record names the file of “%(title)s” (%(place)s), so it is neither replaced "
                "nor deleted. Upload another file as a new one, and choose that in the draft."
            )
            % {"title": title, "place": place}
        )


class PageStillNeeded(PermissionDenied):
    """A page was to go offline or out of reach, with offerings on record below it (laws 1, 7)."""

    def __init__(self, page: str, offering: str, remedy: str) -> None:
        super().__init__(
            _(
                "“%(page)s” stays where everybody can open it: “%(offering)s” is on record and is "
                "found there. %(remedy)s"
            )
            % {"page": page, "offering": offering, "remedy": remedy}
        )


class HistoryIsAppendOnly(IntegrityError):
    """A row of the record was about to be changed or deleted (law 3)."""

    def __init__(self, model: "type[models.Model]") -> None:
        super().__init__(
            _("%(name)s cannot be changed or deleted. Add a correcting record instead.")
            % {"name": str(model._meta.verbose_name_plural).capitalize()}
        )


class NoPolicyInForce(PermissionDenied):
    """There is no policy version to judge or decide under."""


class PolicyNotMet(PermissionDenied):
    """Content was about to go on its way without what the policy asks of it (law 5).

    `report` holds all findings; the sentence lists those that hold it up, clause and remedy.
    """

    def __init__(self, title: str, report: "Report", findings: "tuple[Finding, ...]") -> None:
        self.report = report
        super().__init__(
            _("“%(title)s” does not meet the policy yet. %(findings)s")
            % {
                "title": title,
                "findings": " ".join(str(remedy) for remedy in remedies(findings)),
            }
        )


class SignOffRefused(PermissionDenied):
    """This person cannot settle these admission requirements (AD-1 to AD-4)."""


class TokenRefused(PermissionDenied):
    """This token cannot be made, or not be ended, by this person."""
