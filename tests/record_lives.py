"""Lives with a row in every table that `manage.py verify_record` reads, and all of it sealed."""

import datetime
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from appeals.acts import additions, endings
from appeals.acts.letters import issue
from appeals.choices import Stage
from appeals.letters.composition import draw_up
from appeals.models import Case
from appeals.rules.letter_text import LetterKind
from appeals.uploads.checked import CheckedFile
from credentials.academic_year import AcademicYear
from credentials.people.roles import grant_roles
from credentials.record.log.batches import seal_all
from credentials.verification.checks import Verification
from credentials.verification.outside import Note
from credentials.verification.record_checks import all_checks
from tests.appeals.making import make_case
from tests.appeals.staff import make_staff
from tests.factories import CourseFactory, DigitalBadgeFactory, MicroCredentialFactory
from tests.lifecycle import revise, settle
from tests.osap import approve_osap
from tests.people import person
from tests.workflows.meetings.consenting import meeting_under_way, seated_people
from tests.workflows.reviews.reviewing import submitted
from workflows.annual_report.content import whole
from workflows.annual_report.draft import begin_report
from workflows.annual_report.presentation import Occasion, add_addendum, present
from workflows.committee.ballots import cast_ballot
from workflows.committee.results import close_motion
from workflows.meetings.minutes import confirm_minutes, draft_minutes
from workflows.meetings.proceedings import adjourn
from workflows.models import Meeting, Motion
from workflows.proposals.retirement import request_retirement

BYTES = b"A letter."


def wrong(*notes: Note, keys: Any = ()) -> list[str]:
    """All that is wrong with the record."""
    return list(Verification(all_checks(notes, keys)).faults())


def live_them(root: Any) -> None:
    """Offerings, a meeting, a review, a report and appeals, each through the acts of its people."""
    grant_roles(root)
    offerings(root)
    meeting(root)
    report()
    closed_case(make_staff())
    seal_all()


def offerings(root: Any) -> None:
    """Published, revised, told of OSAP, reviewed, retired, withdrawn; one still under way."""
    author = person("editor")
    MicroCredentialFactory(parent=root, author=author, life="submitted")
    revised = MicroCredentialFactory(parent=root, author=author, life="published")
    approve_osap(revised)
    revise(revised, fee=100)
    revise(revised, competency="Moves patients safely, alone.")
    submitted(CourseFactory(parent=root, author=author, life="published"), author)
    for action in ("retire", "withdraw"):
        ending_one = DigitalBadgeFactory(parent=root, author=author, life="published")
        words = {"action": action, "note": "It is replaced.", "reason": "No learners."}
        settle(request_retirement(ending_one, person("department"), **words))


def meeting(root: Any) -> None:
    """A meeting that votes on all its items, its minutes and a correction of them."""
    people = seated_people()
    held = meeting_under_way(root, people)
    for motion in Motion.objects.filter(meeting=held):
        for name in ("chair", "second", "third"):
            cast_ballot(motion, people[name], "yes", shown_hash=motion.content_hash)
        close_motion(motion, people["secretary"])
    adjourn(held, people["secretary"])
    held = Meeting.objects.get(pk=held.pk)
    draft_minutes(held, people["secretary"])
    confirm_minutes(held, people["secretary"])
    confirm_minutes(held, people["secretary"], "A name was misspelt.")


def report() -> None:
    """The report on a year that is over, presented and corrected."""
    department = person("department")
    draft = begin_report(AcademicYear(2024), department)
    council = Occasion("Academic Council", datetime.date(2025, 11, 20), "Minute 14")
    presented = present(draft, department, council, whole(draft)[1])
    add_addendum(presented, department, "Camps", "There were two.")


def closed_case(staff: dict[str, Any]) -> Case:
    """An appeal with a document, decided and closed."""
    case = make_case(staff, Stage.CONCLUDED)
    content, digest = ContentFile(BYTES, name="x"), sha256(BYTES).hexdigest()
    file = CheckedFile("t", "n.pdf", content, "application/pdf", len(BYTES), digest)
    additions.add_document(staff["office"], case, file)
    drawn = draw_up(case, LetterKind.DISMISSED, list(case.events.order_by("number")))
    issue(staff["office"], case, LetterKind.DISMISSED, drawn.subject, drawn.body)
    endings.close(staff["office"], case)
    return case


def long_ago() -> datetime.date:
    """A day on which keeping a case is over."""
    return timezone.localdate() - datetime.timedelta(days=2)
