"""What a report counts, by category; the words are the report's own."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Measure(models.TextChoices):
    """A figure of a category in a year.

    Offered at the end = offered at the start + new + offered again + moved in - moved out
    - retired - withdrawn + ended before.
    """

    OPENING = "opening", pgettext_lazy("annual report", "Offered at the start")
    NEW = "new", pgettext_lazy("annual report", "New")
    AGAIN = "again", pgettext_lazy("annual report", "Offered again")
    MOVED_IN = "moved_in", pgettext_lazy("annual report", "Moved in")
    MOVED_OUT = "moved_out", pgettext_lazy("annual report", "Moved out")
    RETIRED = "retired", pgettext_lazy("annual report", "Retired")
    WITHDRAWN = "withdrawn", pgettext_lazy("annual report", "Withdrawn")
    ENDED_BEFORE = "ended_before", pgettext_lazy("annual report", "Of these, ended before")
    CLOSING = "closing", pgettext_lazy("annual report", "Offered at the end")
    CHANGED_GOVERNED = "changed_governed", pgettext_lazy("annual report", "Governed changes")
    CHANGED_EDITORIAL = "changed_editorial", pgettext_lazy("annual report", "Editorial changes")
    REVIEWED = "reviewed", pgettext_lazy("annual report", "Reviewed")
    OVERDUE = "overdue", pgettext_lazy("annual report", "Overdue for review")


# What becomes of an offering with a version: each counted version is one of these.
HAPPENINGS = (
    Measure.NEW,
    Measure.AGAIN,
    Measure.CHANGED_GOVERNED,
    Measure.CHANGED_EDITORIAL,
    Measure.RETIRED,
    Measure.WITHDRAWN,
)
# How the offerings at the end follow from those at the start.
BALANCE = (
    Measure.OPENING,
    Measure.NEW,
    Measure.AGAIN,
    Measure.MOVED_IN,
    Measure.MOVED_OUT,
    Measure.RETIRED,
    Measure.WITHDRAWN,
    Measure.ENDED_BEFORE,
    Measure.CLOSING,
)
QUALITY = (
    Measure.CHANGED_GOVERNED,
    Measure.CHANGED_EDITORIAL,
    Measure.REVIEWED,
    Measure.OVERDUE,
)
