"""A report as an accessible PDF file: its charts have a text in their place, and a table beside."""

from typing import Any

from django.utils.translation import gettext as _

from workflows.documents.pdf import render_pdf
from workflows.documents.shapes import Shape
from workflows.reports.charts import Chart


def report_pdf(shape: Shape) -> bytes:
    """Set the document of a report. Its charts are drawn by the typesetter."""
    sections = [
        {**section, "chart": _drawn(section["chart"]) if section.get("chart") else {}}
        for section in shape["sections"]
    ]
    return render_pdf("annual_report", shape | {"sections": sections})


def _drawn(chart: Chart) -> dict[str, Any]:
    return {
        "title": chart.title,
        "alt": in_words(chart),
        "series": list(chart.series),
        "groups": [
            {
                "label": group.label,
                "bars": [
                    {"series": bar.series, "width": bar.width.rstrip("%"), "text": bar.text}
                    for bar in drawn.bars
                ],
            }
            for group, drawn in zip(chart.groups, chart.drawn, strict=True)
        ],
    }


def in_words(chart: Chart) -> str:
    """What a chart shows, for those who cannot see it."""
    said = []
    for group in chart.groups:
        figures = ", ".join(
            f"{figure.text} ({name})"
            for figure, name in zip(group.figures, chart.series, strict=True)
            if figure is not None
        )
        said.append(f"{group.label}: {figures}")
    return _("Bar chart. %(title)s. %(figures)s.") % {
        "title": chart.title,
        "figures": "; ".join(said),
    }
