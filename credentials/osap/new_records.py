"""Opening records: once for each micro-credential and academic year that asks for OSAP (GB-2)."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from credentials.academic_year import AcademicYear
from credentials.choices import Kind
from credentials.models import MicroCredential, Offering, OsapEvent, OsapRecord
from credentials.osap.figures import content_asked_for
from credentials.osap.keepers import OsapRefused, check_keeps
from credentials.osap.transitions import write
from credentials.osap.years import year_row
from credentials.people.actors import Actor, Person, actor_of

# Figures that one year's record hands to the next.
CODES = ("cip", "noc_1", "noc_2", "noc_3")


def open_record(content: Offering, year: AcademicYear, by: Actor) -> tuple[OsapRecord, bool]:
    """The record of this year, opened if there is none; and whether it was opened now.

    Weeks, hours, delivery and fee come from the content, codes from the newest record before.
    """
    with transaction.atomic():
        row = year_row(year)
        before = (
            OsapRecord.objects.filter(offering_id=content.pk, year__begins_in__lt=row.begins_in)
            .order_by("-year__begins_in")
            .first()
        )
        record, is_new = OsapRecord.objects.get_or_create(
            offering_id=content.pk,
            year=row,
            defaults={
                "weeks": content.weeks,
                "hours": content.hours,
                "delivery": sorted(content.delivery_modes or []),
                "tuition": content.fee,
                **({name: getattr(before, name) for name in CODES} if before else {}),
            },
        )
        if is_new:
            write(record, OsapEvent.Act.OPENED, by)
    return record, is_new


def asks_for_osap(content: Offering) -> bool:
    """Whether this content is a micro-credential of ours that asks for OSAP."""
    return bool(
        content.kind == Kind.MICRO_CREDENTIAL
        and content.osap_eligible
        and not content.contracted_for
    )


def open_where_asked(content: Offering, by: Actor) -> OsapRecord | None:
    """Open this year's record where the content asks for OSAP and none stands for now or later.

    Returns the record that was opened. Safe to repeat.
    """
    year = AcademicYear.of(timezone.localdate())
    standing = OsapRecord.objects.filter(
        offering_id=content.pk, year__begins_in__gte=year.begins_in
    )
    if not asks_for_osap(content) or standing.exists():
        return None
    return open_record(content, year, by)[0]


def open_missing(by: Actor) -> int:
    """Open records of published micro-credentials that ask and never had one; returns how many."""
    had = OsapRecord.objects.filter(offering_id=OuterRef("pk"))
    asking = MicroCredential.objects.live().filter(osap_eligible=True)
    return sum(
        open_where_asked(offering, by) is not None
        for offering in asking.filter(~Exists(had)).order_by("pk")
    )


def open_by_hand(offering: Offering, year: AcademicYear, user: Person) -> OsapRecord:
    """Open a record, or go to the one there is.

    Raises OsapRefused outside the Department, for another kind, and for a year that is over.
    """
    check_keeps(user)
    content = content_asked_for(offering)
    if content.kind != Kind.MICRO_CREDENTIAL:
        raise OsapRefused(_("OSAP can be asked for a micro-credential only."))
    if not content.live:
        raise OsapRefused(
            _("Publish it first: the record is opened then, if the offering asks for OSAP.")
        )
    if year.last_day < timezone.localdate():
        raise OsapRefused(_("The year %(year)s is over. Choose a later one.") % {"year": year})
    return open_record(content, year, actor_of(user))[0]


def carry_forward(record: OsapRecord, user: Person) -> OsapRecord:
    """The next year's record, opened with the offering's figures and this one's codes.

    Raises OsapRefused when the next year is over already.
    """
    return open_by_hand(record.offering, record.year.academic_year.following, user)


def not_carried_forward(on: datetime.date) -> "list[OsapRecord]":
    """Records of the year before, approved in it, whose offering has none this year."""
    year = AcademicYear.of(on)
    here = OsapRecord.objects.filter(
        offering_id=OuterRef("offering_id"), year__begins_in__gte=year.begins_in
    )
    approved = OsapEvent.objects.filter(
        record=OuterRef("pk"), act=OsapEvent.Act.LAPSED, state_before=OsapRecord.State.APPROVED
    )
    records = OsapRecord.objects.with_standing().of_year(year.preceding)
    return list(
        records.filter(Exists(approved), ~Exists(here), offering__live=True).select_related(
            "offering", "year"
        )
    )
