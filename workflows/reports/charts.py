"""Bar charts as plain data: what each bar says in words and how long it is drawn.

A template draws them (`workflows/admin/reports/chart.html`) and sets the same figures in a table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MOST_GROUPS = 16  # more bars than that are no picture any more; the report's table has them all
FULL = 76.0  # percent of the width; the rest is for the figure beside the longest bar
LABEL, BAR, GAP = 20, 18, 14  # heights in pixels


@dataclass(frozen=True)
class Figure:
    """One value: how large it is, and how it is said."""

    value: float
    text: str


@dataclass(frozen=True)
class Group:
    """What stands under one label: a figure for each series; None where there is none."""

    label: str
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True)
class DrawnBar:
    """Where a bar stands: `top` in pixels, `width` as CSS or SVG take it, such as "41.00%"."""

    series: int
    top: int
    width: str
    text: str

    @property
    def text_top(self) -> int:
        """The baseline of the figure beside it."""
        return self.top + BAR - 4


@dataclass(frozen=True)
class DrawnGroup:
    """A label with its bars below it; `top` in pixels."""

    label: str
    top: int
    bars: tuple[DrawnBar, ...]


@dataclass(frozen=True)
class Chart:
    """A bar chart. `labels_are` heads the first column of its table; `series` name the bars."""

    title: str
    labels_are: str
    series: tuple[str, ...]
    groups: tuple[Group, ...]
    left_out: int = 0

    @property
    def height(self) -> int:
        """In pixels."""
        return sum(self._height_of(group) for group in self.groups)

    @property
    def bar_height(self) -> int:
        """In pixels."""
        return BAR

    @property
    def label_height(self) -> int:
        """In pixels."""
        return LABEL

    @property
    def drawn(self) -> list[DrawnGroup]:
        """Every group with its place."""
        longest = max((f.value for g in self.groups for f in g.figures if f), default=0) or 1
        placed, top = [], 0
        for group in self.groups:
            shown = [(n, figure) for n, figure in enumerate(group.figures) if figure is not None]
            bars = tuple(
                DrawnBar(
                    series=number,
                    top=top + LABEL + place * (BAR + 2),
                    width=f"{max(figure.value, 0) / longest * FULL:.2f}%",
                    text=figure.text,
                )
                for place, (number, figure) in enumerate(shown)
            )
            placed.append(DrawnGroup(group.label, top, bars))
            top += self._height_of(group)
        return placed

    @staticmethod
    def _height_of(group: Group) -> int:
        bars = sum(figure is not None for figure in group.figures)
        return LABEL + bars * (BAR + 2) + GAP


def bar_chart(
    title: str, labels_are: str, series: Sequence[str], groups: Iterable[Group]
) -> Chart | None:
    """The chart of the first groups, or None when there is nothing to draw."""
    given = tuple(groups)
    if not any(figure and figure.value for group in given for figure in group.figures):
        return None
    return Chart(
        title=str(title),
        labels_are=str(labels_are),
        series=tuple(str(name) for name in series),
        groups=given[:MOST_GROUPS],
        left_out=max(0, len(given) - MOST_GROUPS),
    )


def counted(label: Any, *numbers: int | None) -> Group:
    """A group of whole numbers."""
    figures = tuple(None if n is None else Figure(float(n), f"{n:,}") for n in numbers)
    return Group(str(label), figures)
