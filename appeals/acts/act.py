"""What all acts share: who may, one at a time, and the event that says what happened (AP-1).

An act runs in one transaction on a locked case; mail goes out when it is through.
"""

import datetime
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.access.door import delegation_of, is_decider, parts_of
from appeals.choices import Act, Outcome, Part, Stage
from appeals.exceptions import CaseRefused
from appeals.models import Case, CaseEvent, Delegation
from appeals.rules.life import RETURNS_FROM, acts_from, parts_for, stages_after
from credentials.conf import conf
from credentials.people.actors import Actor, Person, actor_of

logger = logging.getLogger(__name__)
OWN_AUTHORITY = "AP-1"


@dataclass
class Acting:
    """Somebody who acts on a case that is locked for them."""

    case: Case
    act: Act
    part: Part
    by: Actor
    delegation: Delegation | None = None
    events: list[CaseEvent] = field(default_factory=list)
    at: datetime.datetime | None = None  # when it happened, if not now

    @property
    def stage(self) -> Stage | None:
        """Where the case stands; None while it is being filed."""
        return Stage(self.events[-1].stage_after) if self.events else None

    @property
    def instrument(self) -> str:
        """By which authority a decider acts."""
        if self.part != Part.DECIDER:
            return ""
        return self.delegation.reference if self.delegation else OWN_AUTHORITY

    def write(  # noqa: PLR0913 (the columns of an event)
        self,
        *,
        text: str = "",
        to: Actor | None = None,
        outcome: Outcome | None = None,
        after: Stage | None = None,
        delegation: Delegation | None = None,
        data: dict[str, Any] | None = None,
    ) -> CaseEvent:
        """Write the event. `after` is needed only where the act can lead to several stages."""
        now = self.at or timezone.now()
        event = CaseEvent.objects.create(
            case=self.case,
            number=len(self.events) + 1,
            act=self.act,
            stage_before=self.stage or "",
            stage_after=after or self._stage_after(),
            outcome=outcome or "",
            text=text.strip(),
            to_key=to.key if to else "",
            to_name=to.name if to else "",
            data=data or {},
            delegation=delegation or self.delegation,
            part=self.part,
            by_key=self.by.key,
            by_name=self.by.name,
            office=self._office(),
            instrument=self.instrument,
            at=max(now, self.events[-1].at) if self.events else now,
        )
        self.events.append(event)
        self.case.__dict__.pop("last_event", None)
        self.case.__dict__.pop("standing", None)
        return event

    def last(self, act: Act) -> CaseEvent | None:
        """The last event of an act."""
        return next((event for event in reversed(self.events) if event.act == act), None)

    def _stage_after(self) -> Stage:
        possible = stages_after(self.act, self.stage or "")
        came = RETURNS_FROM.get(self.act)
        if came:
            before = self.last(came)
            return Stage(before.stage_before) if before else possible[0]
        return possible[0]

    def _office(self) -> str:
        if self.part in (Part.OFFICE, Part.DECIDER):
            return conf().OFFICES["deputy_provost"]
        return ""


@contextmanager
def acting(person: Person, case: Case, act: Act) -> Iterator[Acting]:
    """A person with an account acts on a case, which is locked until it is done.

    Raises CaseRefused when it is not theirs to do, or not offered where the case stands.
    """
    with _one_at_a_time(case, act) as locked:
        part = part_for(person, locked, act)
        if part is None:
            raise CaseRefused(
                _("“%(act)s” is not yours to do on this appeal. AP-1") % {"act": act.label}
            )
        delegation = None
        if part == Part.DECIDER and not is_decider(person):
            delegation = delegation_of(person, locked)
        yield _begin(Acting(locked, act, part, actor_of(person), delegation))


@contextmanager
def acting_by_link(part: Part, name: str, case: Case, act: Act) -> Iterator[Acting]:
    """The appellant or the original decision-maker acts by their private link.

    Whoever calls has seen their one-time code accepted. Raises CaseRefused as `acting` does.
    """
    with _one_at_a_time(case, act) as locked:
        if part in (Part.OFFICE, Part.DECIDER) or part not in parts_for(act):
            raise CaseRefused(
                _("“%(act)s” is not yours to do on this appeal. AP-1") % {"act": act.label}
            )
        yield _begin(Acting(locked, act, part, Actor("", name)))


def part_for(person: Person, case: Case, act: Act) -> Part | None:
    """In which part a person may do this to a case, whatever its stage; None if in none."""
    theirs = parts_of(person, case) & parts_for(act)
    return next((part for part in (Part.OFFICE, Part.DECIDER) if part in theirs), None)


def acts_for(person: Person, case: Case) -> list[Act]:
    """What a person can do to a case now, in the order of a case's life."""
    parts = parts_of(person, case)
    possible = [act for act in acts_from(case.stage) if parts_for(act) & parts]
    if Act.DELEGATED in possible and not is_decider(person):
        possible = [a for a in possible if a not in (Act.DELEGATED, Act.DELEGATION_REVOKED)]
    return possible


@contextmanager
def held_by_the_database() -> Iterator[None]:
    """A refusal by the database as a sentence: its own text would bring the row into the logs."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        logger.error("An act on an appeal was refused: %s", type(error).__name__)
        raise CaseRefused(
            _("This cannot be done to the appeal as it stands. Open it again and see what is new.")
        ) from None


@contextmanager
def _one_at_a_time(case: Case, act: Act) -> Iterator[Case]:
    with held_by_the_database():
        locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        yield locked


def _begin(begun: Acting) -> Acting:
    begun.events = list(begun.case.events.order_by("number"))
    stage = begun.stage
    if begun.act not in acts_from(stage or ""):
        raise CaseRefused(
            _("“%(act)s” cannot be done now: the appeal is at “%(stage)s”.")
            % {"act": begun.act.label, "stage": stage.label if stage else ""}
        )
    return begun
