"""A stackable credential in words: what learners complete, choice by choice (CP-5 to CP-7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from credentials.choices import GroupRule

Linked = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """Components of which so many count: `asks` in words ("At least 2 of"), `name` of the group.

    `members` name offerings with `id`, `title`, `kind` and `url`, which is empty without a page.
    """

    asks: str
    name: str
    members: tuple[Linked, ...]

    @property
    def heading(self) -> str:
        """The group's name and what it asks, as a heading over its members."""
        if not self.name:
            return self.asks
        return _("%(group)s: %(asks)s") % {"group": self.name, "asks": self.asks}

    @property
    def sentence(self) -> str:
        """The whole choice for those who cannot see it drawn."""
        return _("%(heading)s: %(parts)s.") % {
            "heading": self.heading,
            "parts": ", ".join(member["title"] for member in self.members),
        }


def choices_of(stacking: dict[str, Any], components: Sequence[Linked]) -> tuple[Choice, ...]:
    """What everyone completes, then each group, then what is left to choice; none without members.

    `stacking` is a document's, old or new: documents from before groups existed name none.
    """
    groups = [group for group in stacking.get("groups", []) if group["code"]]
    codes = {group["code"] for group in groups}
    loose = [item for item in components if item.get("group", "") not in codes]
    everyone = Choice(_("All of"), "", tuple(item for item in loose if item["required"]))
    by_choice = Choice(
        _("Others, by choice"), "", tuple(item for item in loose if not item["required"])
    )
    grouped = [
        Choice(
            asks_in_words(group["rule"], group["minimum"]),
            group["name"],
            tuple(item for item in components if item.get("group", "") == group["code"]),
        )
        for group in groups
    ]
    return tuple(choice for choice in (everyone, *grouped, by_choice) if choice.members)


def asks_in_words(rule: str, minimum: float | None) -> str:
    """Write "All of", "At least 2 of" or "At least 20 hours of"."""
    if rule == GroupRule.ALL or minimum is None:
        return _("All of")
    figures = {"count": number_format(minimum)}
    plural = 1 if minimum == 1 else 2
    if rule == GroupRule.HOURS:
        return ngettext("At least %(count)s hour of", "At least %(count)s hours of", plural) % (
            figures
        )
    return ngettext("At least %(count)s of", "At least %(count)s of", plural) % figures
