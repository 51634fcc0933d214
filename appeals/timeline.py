"""What appeals tell an offering's timeline: how many, of whole years, and never a small number."""

import datetime
from collections import Counter
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.models import Case, Procedure
from credentials.academic_year import AcademicYear
from credentials.models import Offering
from credentials.people.actors import Person
from credentials.timeline import Entry, Source

KIND = "appeals"


def _may_read(reader: Person | None) -> bool:
    """Whoever reads the timeline in the admin. The public part tells nothing of appeals."""
    return reader is not None


def _counts(offering: Offering) -> Iterator[Entry]:
    """One entry for each academic year that is over, in two queries at most.

    A year with fewer appeals than the procedures' small count is left out, as if it had none:
    it would say that somebody appealed (law 6). What the retention schedule purged is not counted.
    """
    today = timezone.localdate()
    filed = Case.objects.filter(offering_id=offering.pk).values_list("filed_at", flat=True)
    years = Counter(AcademicYear.of(timezone.localdate(at)) for at in filed)
    procedure = Procedure.objects.in_force().first() if years else None
    for year, count in years.items():
        if procedure and year.last_day < today and count >= procedure.small_count:
            over = datetime.datetime.combine(year.following.first_day, datetime.time())
            yield Entry(
                at=timezone.make_aware(over),
                kind=KIND,
                what=_("Appeals filed in %(year)s: %(count)s") % {"year": year, "count": count},
            )


def timeline_sources() -> list[Source]:
    """The one source."""
    return [Source(KIND, gettext_lazy("Appeals (counts)"), _counts, _may_read)]
