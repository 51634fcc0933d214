"""Loads what is missing of the demonstration, one offering or one change at a time."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, Q
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from credentials.models import Offering
from home.demo.clock import Clock, after, before
from home.demo.data_files import Record
from home.demo.documents import make_decision
from home.demo.governance.admission import sign_off_admission
from home.demo.governance.agreements import make_agreement, needs_agreement
from home.demo.lifecycle import bring_to, days_of_route, end
from home.demo.offerings import build, change
from home.demo.people import People
from home.demo.pictures import make_picture
from home.demo.taxonomy import Taxonomy

DRAFTING = 12  # working days from the first draft of an offering to its submission, or more
CHANGING = 3  # the same for a change
ENDING = 8  # from the request to retire or withdraw to the decision
Action = Callable[[datetime], Offering]
NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"


@dataclass(frozen=True)
class Step:
    """One thing to do, in a transaction of its own: it is done altogether or not at all.

    `moment` is when it is published, if it is.
    """

    name: str
    action: Action
    moment: datetime


class Loader:
    """Finds out what is missing, and makes it under the catalogue page.

    Offerings are matched by `reference`. What is done is told from the number of versions in the
    ledger, so an interrupted run goes on where it stopped, and what visitors of the
    demonstration changed stays as they left it.
    """

    def __init__(self, catalogue: Page, people: People, taxonomy: Taxonomy, clock: Clock) -> None:
        self.catalogue = catalogue
        self.people = people
        self.taxonomy = taxonomy
        self.clock = clock

    def steps(self, records: list[Record]) -> list[Step]:
        """Return what is still to do: first every offering, then changes, then endings.

        They are published in this order, evenly over the years of the history.
        """
        done = dict(
            Offering.objects.filter(reference__in=[record["reference"] for record in records])
            .annotate(number=Count("versions", filter=~Q(versions__approval__action="osap")))
            .values_list("reference", "number")
        )
        turns = list(enumerate(records))
        actions: list[tuple[str, Action]] = [
            (record["title"], partial(self._create, record, turn))
            for turn, record in turns
            if record["reference"] not in done
        ]
        for turn, record in turns:
            later = self._later(record, turn, done.get(record["reference"], 1))
            actions += [(record["title"], action) for action in later]
        return [
            Step(title, action, self.clock.publication(place, len(actions)))
            for place, (title, action) in enumerate(actions)
        ]

    def _later(self, record: Record, turn: int, done: int) -> list[Action]:
        """Changes and endings beyond the versions done: 1 is the offering itself."""
        revisions = record.get("revisions", [])
        actions: list[Action] = [
            partial(self._revise, record, revision, turn + number)
            for number, revision in enumerate(revisions, 1)
            if number >= done
        ]
        if "ending" in record and done <= len(revisions) + 1:
            actions.append(partial(self._end, record, turn))
        return actions

    def _create(self, record: Record, turn: int, moment: datetime) -> Offering:
        page = build(record, self.taxonomy, turn)
        begun = self._begun(record, page, turn, moment, DRAFTING)
        page.owner = self.people.editor
        try:
            with self.clock.at(begun):
                self._draft(page, record)
                self._settle(page, record, turn)
                self.clock.go_on_to(after(begun, DRAFTING))
                bring_to(page, record, self.people, turn, self.clock)
            if not record.get("revisions"):
                self._leave_pending(record, turn)
        except BaseException:
            # The transaction takes back the rows; the files lie outside it.
            for upload in filter(None, [page.image, page.iqap_document]):
                default_storage.delete(upload.file.name)
            raise
        return self._find(record)

    def _begun(
        self, record: Record, page: Offering, turn: int, moment: datetime, drafting: int
    ) -> datetime:
        """When the draft was begun of what is published at a moment, or is not published yet.

        `days_ago` says when the latter was submitted, or saved if it is a draft.
        """
        standing = record.get("standing", "published")
        if standing == "published":
            return before(moment, days_of_route(page, turn) + drafting)
        last = self.clock.days_ago(record.get("days_ago", 6 + turn * 5 % 23))
        return last if standing == "draft" else before(last, drafting)

    def _draft(self, page: Offering, record: Record) -> None:
        page.image = make_picture(record, self.people.editor)
        if "iqap_reference" in record:
            page.iqap_document = make_decision(record, self.people.editor)
        self.catalogue.add_child(instance=page)
        log(instance=page, action="wagtail.create", user=self.people.editor)
        page.save_revision(user=self.people.editor, log_action=True)

    def _settle(self, page: Offering, record: Record, turn: int) -> None:
        """Let others sign what a proposal needs beside its own words (MC-6, AD-1 to AD-4)."""
        if needs_agreement(record):
            self.clock.wait(days=DRAFTING // 3)
            make_agreement(page, record, self.people, turn, self.clock)
        if not record.get("unfinished") and record.get("admission") != "open":
            self.clock.wait(days=2)
            sign_off_admission(page, self.people, turn)

    def _revise(self, record: Record, revision: Record, turn: int, moment: datetime) -> Offering:
        self._change(record, revision, turn, moment)
        if revision is record["revisions"][-1]:
            self._leave_pending(record, turn)
        return self._find(record)

    def _leave_pending(self, record: Record, turn: int) -> None:
        """Begin the change that stands on top of the last version, in that version's step."""
        if pending := record.get("pending"):
            self._change(record, pending, turn + 1, self.clock.present)

    def _change(self, record: Record, changed: Record, turn: int, moment: datetime) -> None:
        page = self._find(record).get_latest_revision_as_object()
        change(page, changed, self.taxonomy)
        with self.clock.at(self._begun(changed, page, turn, moment, CHANGING)):
            page.save_revision(user=self.people.editor, log_action=True)
            self.clock.wait(days=CHANGING)
            bring_to(page, changed, self.people, turn, self.clock)

    def _end(self, record: Record, turn: int, moment: datetime) -> Offering:
        with self.clock.at(before(moment, ENDING)):
            end(self._find(record), record["ending"], self.people, turn, self.clock)
        return self._find(record)

    @staticmethod
    def _find(record: Record) -> Offering:
        return Offering.objects.get(reference=record["reference"]).specific


def run(steps: list[Step]) -> Iterator[Step]:
    """Do the steps in order, yielding each one that is done and committed.

    Wagtail's reference index is written once for each step instead of at every save in it.
    """
    for step in steps:
        with transaction.atomic():
            with disable_reference_index_auto_update():
                page = step.action(step.moment)
            ReferenceIndex.create_or_update_for_object(page)
        yield step


@contextmanager
def quietly() -> Iterator[None]:
    """Send no notification and log no routine: a hundred decisions of a demonstration are no news.

    Django reads the mail setting at each connection, as its own test runner relies on, and
    nothing else runs in a management command's process.
    """
    before = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = NO_MAIL
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
        settings.EMAIL_BACKEND = before
