"""Gives the demonstration OSAP records in every state, with an approval that the public sees."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from credentials.academic_year import AcademicYear
from credentials.models import MicroCredential, OsapEvent, OsapRecord
from credentials.osap.clock import CALENDAR
from credentials.osap.figures import offered_by
from credentials.osap.new_records import open_record
from credentials.osap.transitions import Paper, approve, change_figures, decline, submit, write
from credentials.people.actors import actor_of
from home.demo.data_files import Record, read_shared
from home.demo.people import People

STEPS = {"submitted": submit, "approved": approve, "declined": decline}


def make_osap_records(people: People) -> None:
    """Take each record its way, unless somebody went on with it already."""
    department = people.by_role["department"][0]
    for said in read_shared("osap")["records"]:
        offering = MicroCredential.objects.filter(reference=said["reference"], live=True).first()
        if offering is not None:
            _make(offering, said, department)


@transaction.atomic
def _make(offering: MicroCredential, said: Record, department: Any) -> None:
    year = AcademicYear.of(timezone.localdate())
    by = actor_of(department)
    if said.get("before"):
        last, is_new = open_record(offering, year.preceding, by)
        for act in said["before"] if is_new else []:
            who = CALENDAR if act == "lapsed" else by
            write(last, OsapEvent.Act(act), who, Paper(said["paper"]), offered_by(offering))
    record, _is_new = open_record(offering, year, by)
    is_to_go_on = said["cip"] or said["nocs"] or said["way"]
    if not is_to_go_on or record.events.count() > 1 or record.cip:
        return
    _fill(record, said)
    change_figures(record, department)
    for act in said["way"]:
        paper = Paper(said.get("paper", ""), said.get("note", "") if act == "declined" else "")
        STEPS[act](record, department, paper)


def _fill(record: OsapRecord, said: Record) -> None:
    record.cip = said["cip"]
    for number, code in enumerate(said["nocs"], 1):
        setattr(record, f"noc_{number}", code)
