"""What pages show of a stackable credential: its choices in words, and its drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from credentials.catalogue.stack_graph import draw
from credentials.catalogue.stack_layout import Arrow, Drawing
from credentials.catalogue.stack_outline import Choice, Linked, choices_of
from credentials.choices import PrerequisiteKind, StackingApproach
from credentials.record.projection import CatalogueEntry, CatalogueEntryQuerySet


@dataclass(frozen=True)
class StackDisplay:
    """One stack for a template; `drawing` is None where there is nothing to draw."""

    choices: tuple[Choice, ...]
    drawing: Drawing | None
    is_ordered: bool

    @property
    def description(self) -> str:
        """The choices as sentences: the text alternative of the drawing."""
        return " ".join(choice.sentence for choice in self.choices)


def stack_display(
    document: dict[str, Any],
    components: Sequence[Linked],
    prerequisites: Sequence[Linked],
    catalogue: CatalogueEntryQuerySet | None = None,
) -> StackDisplay | None:
    """Show a document's stack; None when it is not stackable.

    `document` needs `title`, `kind` and `stacking`. `components` and `prerequisites` are its own,
    each with the `url` to link to, or an empty one. `catalogue` is what they are looked up in, the
    current one by default. One query, where order can matter.
    """
    stacking = document["stacking"]
    if stacking is None:
        return None
    choices = choices_of(stacking, components)
    order = _order_among([item["id"] for item in components], catalogue)
    return StackDisplay(
        choices=choices,
        drawing=draw(document, choices, prerequisites, order) if choices else None,
        is_ordered=stacking["approach"] == StackingApproach.VERTICAL,
    )


def _order_among(ids: list[str], catalogue: CatalogueEntryQuerySet | None) -> list[Arrow]:
    """Which of these published offerings come before which, as their own documents say."""
    if len(ids) < 2:  # noqa: PLR2004 (order is among two)
        return []
    entries = CatalogueEntry.objects.current() if catalogue is None else catalogue
    entries = entries.filter(offering_uuid__in=ids).only("body")
    required = {
        (item["offering"]["id"], str(document["id"]))
        for document in (entry.document for entry in entries)
        for item in document["prerequisites"]
        if item["offering"] and item["kind"] == PrerequisiteKind.PREREQUISITE
    }
    return sorted(pair for pair in required if pair[0] in ids)
