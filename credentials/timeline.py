"""One timeline of an offering: each app tells what it knows, through a Wagtail hook.

An app registers the hook `register_timeline_sources`, which returns its sources. Entries name no
learner: of awards and appeals, sources tell counts.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from wagtail import hooks

from credentials.people.actors import Person

if TYPE_CHECKING:
    from credentials.models import Offering

HOOK = "register_timeline_sources"

Words = str | Promise


@dataclass(frozen=True)
class Changed:
    """A field of a record, from what to what, in words; empty where there was nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One thing that happened. `kind` is its source's; the links may be empty.

    `redline` leads to what a publication changed against the one before it.
    """

    at: datetime.datetime
    kind: str
    what: str
    who: str = ""
    text: str = ""
    policy: str = ""
    link: str = ""
    redline: str = ""
    changes: tuple[Changed, ...] = ()

    @property
    def changes_in_words(self) -> str:
        """The changed fields in one text, for an export."""
        return "; ".join(f"{c.field}: {c.before or '—'} → {c.after or '—'}" for c in self.changes)


def _anyone(reader: Person | None) -> bool:
    return True


@dataclass(frozen=True)
class Source:
    """Who tells what: entries of one kind, in no order, by a number of queries that is fixed.

    `may_read` keeps a source to those whose business it is; it is asked with None where there is
    no person. Whoever reads a timeline at all may read decisions.
    """

    kind: str
    label: Words
    entries: "Callable[[Offering], Iterable[Entry]]"
    may_read: Callable[[Person | None], bool] = _anyone


def sources_for(reader: Person | None) -> list[Source]:
    """What this person may read, in the order of the hooks."""
    found: list[Source] = [source for register in hooks.get_hooks(HOOK) for source in register()]
    return [source for source in found if source.may_read(reader)]
