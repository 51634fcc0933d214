"""What keeps a record from being sent to the ministry (MC-5)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from credentials.choices import Kind
from credentials.models import OsapRecord, PublishedVersion
from credentials.osap.figures import content_asked_for, departures, offered_by
from credentials.policy.osap import CLAUSE, Misfit, misfits


def beyond_limits(record: OsapRecord) -> Iterator[Misfit]:
    """Length and hours that were entered and are beyond the limits of the record's year."""
    for misfit in misfits(record.weeks, record.hours, record.year.limits):
        if misfit.figure:
            yield misfit


def findings(record: OsapRecord) -> list[Misfit]:
    """Everything that must be mended before it can be sent: clause, figure, year and remedy."""
    return [
        *misfits(record.weeks, record.hours, record.year.limits),
        *_empty(record),
        *_about_the_offering(record),
    ]


def advice(record: OsapRecord) -> list[str]:
    """Where the record says something else than the offering does now; it may, but look again."""
    own = {
        "weeks": "" if record.weeks is None else str(record.weeks),
        "hours": "" if record.hours is None else str(record.hours),
        "delivery": sorted(record.delivery),
        "fee": "" if record.tuition is None else str(record.tuition),
    }
    return [departure.sentence for departure in departures(own, content_asked_for(record.offering))]


def _empty(record: OsapRecord) -> Iterator[Misfit]:
    asked = {
        "delivery": (record.delivery, _("Say under “delivery” how it is delivered.")),
        "cip": (record.cip, _("Give the CIP 2021 code of the field of study.")),
        "noc_1": (record.nocs, _("Give at least one NOC 2021 code, of at most three.")),
        "tuition": (record.tuition is not None, _("Give the tuition; 0 when it is free.")),
    }
    for field, (is_given, sentence) in asked.items():
        if not is_given:
            yield Misfit(CLAUSE, field, "", str(record.year), sentence)


def _about_the_offering(record: OsapRecord) -> Iterator[Misfit]:
    offering = content_asked_for(record.offering)
    sentences = []
    if offering.kind != Kind.MICRO_CREDENTIAL:
        sentences.append(_("OSAP can be asked for a micro-credential only."))
    if offering.contracted_for:
        sentences.append(_("OSAP is not asked for contracted delivery."))
    head = PublishedVersion.objects.head_of(offering.pk)
    if head is not None and not head.is_offered:
        sentences.append(_("The offering is retired or withdrawn, so it is not offered."))
    if head is not None and not offered_by(offering)["asks_for_osap"]:
        sentences.append(
            _("The offering does not ask for OSAP. Tick “ask for OSAP” in it, or decline this.")
        )
    for sentence in sentences:
        yield Misfit(CLAUSE, "offering", "", str(record.year), sentence)
