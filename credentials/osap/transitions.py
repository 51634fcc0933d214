"""A record's way: sent, approved, declined, taken back, lapsed. Each step is an event (MC-5)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from credentials.models import Offering, OsapEvent, OsapRecord
from credentials.models.osap import figures_of
from credentials.osap.announcement import ministry, tell_public
from credentials.osap.eligibility import beyond_limits, findings
from credentials.osap.figures import (
    Departure,
    Figures,
    content_asked_for,
    departures,
    offered_by,
)
from credentials.osap.keepers import OsapRefused, check_keeps
from credentials.people.actors import Actor, Person, actor_of

Act = OsapEvent.Act
State = OsapRecord.State
STEPS = {(act, before): after for act, before, after in OsapEvent.STEPS}


@dataclass(frozen=True)
class Paper:
    """What the ministry calls its letter or our request, and a note for the Department."""

    reference: str = ""
    note: str = ""


def next_acts(record: OsapRecord) -> list[Act]:
    """What a person of the Department can do to it now, in the order of a record's life."""
    by_hand = (Act.SUBMITTED, Act.APPROVED, Act.DECLINED, Act.REOPENED, Act.REPORTED)
    possible = [act for act in by_hand if (act, record.state) in STEPS]
    return [act for act in possible if act != Act.REPORTED or record.is_to_report]


def change_figures(record: OsapRecord, user: Person) -> None:
    """Keep changed figures while it is prepared.

    Raises OsapRefused, naming limit and year for figures beyond them, or ValidationError.
    """
    check_keeps(user)
    with transaction.atomic():
        if _lock(record).state != State.TO_PREPARE:
            raise OsapRefused(
                _("What was sent to the ministry cannot be changed. Take it back to prepare first.")
            )
        record.full_clean()
        _refuse(misfit.sentence for misfit in beyond_limits(record))
        record._history_user = user  # type: ignore[attr-defined]
        record.save()


def submit(record: OsapRecord, user: Person, paper: Paper = Paper()) -> None:
    """Note that it was sent. Raises OsapRefused with everything that is missing."""
    _by_hand(record, Act.SUBMITTED, user, paper)


def approve(record: OsapRecord, user: Person, paper: Paper) -> None:
    """Note the ministry's approval, and tell the public. Raises OsapRefused."""
    _by_hand(record, Act.APPROVED, user, paper)


def decline(record: OsapRecord, user: Person, paper: Paper) -> None:
    """Note that the ministry declined, or took its approval back. Raises OsapRefused."""
    _by_hand(record, Act.DECLINED, user, paper)


def reopen(record: OsapRecord, user: Person, paper: Paper = Paper()) -> None:
    """Take it back to prepare. Raises OsapRefused."""
    _by_hand(record, Act.REOPENED, user, paper)


def report_change(record: OsapRecord, user: Person, paper: Paper) -> None:
    """Note that the ministry was told of a revision; its figures become the record's.

    Raises OsapRefused when the revised offering is beyond the limits: then the ministry decides.
    """
    _by_hand(record, Act.REPORTED, user, paper)


def submit_all(records: Iterable[OsapRecord], user: Person, paper: Paper) -> int:
    """Note that these were sent, all or none. Raises OsapRefused naming what is missing where."""
    check_keeps(user)
    refused, sent = [], 0
    with transaction.atomic():
        for record in records:
            try:
                submit(record, user, paper)
                sent += 1
            except OsapRefused as refusal:
                refused.append(f"{record}: {refusal}")
        _refuse(refused)
    return sent


def write(
    record: OsapRecord,
    act: Act,
    by: Actor,
    paper: Paper = Paper(),
    offered: Figures | None = None,
) -> OsapEvent:
    """Write an event. Raises OsapRefused when it does not follow from where the record stands."""
    locked = _lock(record)
    last = locked.events.first()
    before = last.state_after if last else ""
    if (act, before) not in STEPS:
        raise OsapRefused(
            _("“%(act)s” cannot follow: the record of %(year)s is “%(state)s” now.")
            % {
                "act": act.label,
                "year": record.year,
                "state": State(before).label if before else _("new"),
            }
        )
    now = timezone.now()
    event: OsapEvent = OsapEvent.objects.create(
        record=record,
        offering_id=record.offering_id,
        act=act,
        state_before=before,
        state_after=STEPS[act, before],
        reference=paper.reference,
        note=paper.note,
        figures=figures_of(record),
        offered=offered or {},
        by_key=by.key,
        by_name=by.name,
        at=max(now, last.at) if last else now,
    )
    record.__dict__.pop("last_event", None)
    for known in ("standing", "last_act", "last_at"):
        record.__dict__.pop(known, None)
    return event


def departures_since(record: OsapRecord, offering: Offering) -> list[Departure]:
    """Where this content departs from what the ministry was asked about last."""
    asked = record.events.filter(act__in=(Act.SUBMITTED, Act.REPORTED)).first()
    return departures(asked.offered, offering) if asked else []


def note_departures(record: OsapRecord, by: Actor) -> None:
    """Mark it to report when the published offering departs from it, or take the mark away."""
    if record.state not in (State.SUBMITTED, State.APPROVED):
        return
    found = departures_since(record, content_asked_for(record.offering))
    note = "\n".join(departure.sentence for departure in found)
    last = record.events.filter(act__in=(Act.DEPARTED, Act.RESTORED, Act.REPORTED)).first()
    is_marked = record.is_to_report
    if found and not (is_marked and last is not None and last.note == note):
        write(record, Act.DEPARTED, by, Paper(note=note))
    elif is_marked and not found:
        write(record, Act.RESTORED, by)


def _by_hand(record: OsapRecord, act: Act, user: Person, paper: Paper) -> None:
    check_keeps(user)
    by, offering = actor_of(user), content_asked_for(record.offering)
    with transaction.atomic():
        _lock(record)
        offered = None
        if act == Act.REPORTED:
            _take_figures(record, offering, user)
        if act in (Act.SUBMITTED, Act.REPORTED):
            if (act, record.state) in STEPS:
                _refuse(found.sentence for found in findings(record))
            offered = offered_by(offering)
        if act == Act.APPROVED and not paper.reference.strip():
            raise OsapRefused(_("Give the reference of the ministry's approval."))
        if act == Act.DECLINED and not (paper.reference.strip() or paper.note.strip()):
            raise OsapRefused(_("Give the ministry's reference, or say in the note why."))
        write(record, act, by, paper, offered)
        if act == Act.APPROVED:
            note_departures(record, by)
        tell_public(offering, by, timezone.localdate(), ministry())


def take_offered_figures(record: OsapRecord, user: Person) -> None:
    """Take weeks, hours, delivery and fee from the offering, while it is prepared."""
    _take_figures(record, content_asked_for(record.offering), user)
    change_figures(record, user)


def _take_figures(record: OsapRecord, offering: Offering, user: Person) -> None:
    record.weeks, record.hours = offering.weeks, offering.hours
    record.delivery, record.tuition = list(offering.delivery_modes), offering.fee
    if record.state == State.APPROVED:
        record._history_user = user  # type: ignore[attr-defined]
        record.save()


def _refuse(sentences: Iterable[str]) -> None:
    found = list(sentences)
    if found:
        raise OsapRefused(" ".join(found))


def _lock(record: OsapRecord) -> OsapRecord:
    """One step at a time: the second finds the record as the first left it."""
    return OsapRecord.objects.select_for_update().get(pk=record.pk)
