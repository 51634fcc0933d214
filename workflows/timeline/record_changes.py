"""Changes of the records that govern an offering: who changed what, from what, to what.

They come from django-simple-history, or from records whose every state is a row of its own.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from credentials.changing_records import many_of, states_of
from credentials.models import AcademicUnit, Agreement, Offering
from credentials.people.actors import name_of
from credentials.timeline import Entry
from workflows.models import AgendaItem, Bundle, BundledOffering, CommitteeRules, Motion

KIND = "record"
REMOVED = "-"


@dataclass(frozen=True)
class Told:
    """What a state of a record is called, and where it is read."""

    name: str
    link: str = ""


def record_changes(offering: Offering) -> Iterator[Entry]:
    """Bundles, agenda items, agreements, the academic unit, and rules of committees."""
    yield from _bundles(offering)
    yield from _agenda_items(offering)
    yield from _agreements(offering)
    yield from _unit(offering)
    yield from _rules(offering)


def entries_of_history(rows: Any, fields: tuple[str, ...], tell: Any) -> Iterator[Entry]:
    """Entries from rows of simple_history; `tell` says what a row is called and where it is."""
    states = rows.select_related("history_user").order_by("history_date", "history_id")
    for row, changes, is_first in states_of(states, fields, "id"):
        told = tell(row)
        if row.history_type == REMOVED:
            what = _("%(record)s: removed")
        elif is_first:
            what = _("%(record)s: made")
        else:
            what = _("%(record)s: changed")
        yield Entry(
            at=row.history_date,
            kind=KIND,
            what=what % {"record": told.name},
            who=name_of(row.history_user) if row.history_user else "",
            link=told.link,
            changes=changes,
        )


def _bundles(offering: Offering) -> Iterator[Entry]:
    mine = BundledOffering.objects.filter(offering=offering.pk).values("bundle")
    yield from entries_of_history(
        Bundle.history.filter(id__in=mine),
        ("title", "reason", "external_reference", "state"),
        lambda row: Told(
            _("Bundle “%(title)s”") % {"title": row.title},
            reverse("governance:bundle", args=[row.id]),
        ),
    )


def _agenda_items(offering: Offering) -> Iterator[Entry]:
    yield from entries_of_history(
        AgendaItem.history.filter(offering=offering.pk),
        ("part", "note", "pulled_by_name"),
        lambda row: Told(
            _("Agenda item “%(title)s”") % {"title": row.title},
            reverse("governance:meeting", args=[row.meeting_id]),
        ),
    )


def _agreements(offering: Offering) -> Iterator[Entry]:
    rows = Agreement.objects.filter(offering=offering.pk, opened_at__isnull=False)
    fields = ("starts_on", "ends_on", "learning_system", "notes")
    states = states_of(rows.order_by("number"), fields, "offering_id")
    for agreement, changes, _is_first in states:
        what = _("Version %(number)s of the responsibilities agreement, opened for signature")
        yield Entry(
            at=agreement.opened_at or agreement.created_at,
            kind=KIND,
            what=what % {"number": agreement.number},
            changes=changes,
        )


def _unit(offering: Offering) -> Iterator[Entry]:
    unit = getattr(offering, "academic_unit_id", None)
    if unit is None:
        return
    yield from entries_of_history(
        AcademicUnit.history.filter(id=unit).prefetch_related(
            f"{many_of(AcademicUnit, 'approvers')}__group"
        ),
        ("name", "code", "approvers"),
        lambda row: Told(_("Academic unit %(name)s") % {"name": row.name}),
    )


def _rules(offering: Offering) -> Iterator[Entry]:
    """Rules that a committee took on since it first had a motion on this offering."""
    since: dict[int, datetime.datetime] = {}
    motions = Motion.objects.filter(offering=offering.pk).order_by("opened_at")
    for committee, opened_at in motions.values_list("committee", "opened_at"):
        since.setdefault(committee, opened_at)
    rows = CommitteeRules.objects.filter(committee__in=since).select_related("committee")
    fields = ("quorum_basis", "quorum", "majority_basis", "threshold", "tie_break")
    for rules, changes, _is_first in states_of(rows.order_by("number"), fields, "committee_id"):
        if changes and rules.in_force_from >= since[rules.committee_id]:
            yield Entry(
                at=rules.in_force_from,
                kind=KIND,
                what=_("Rules of the %(committee)s changed") % {"committee": rules.committee.name},
                who=rules.made_by_name,
                link=reverse("governance:committee", args=[rules.committee_id]),
                changes=changes,
            )
