"""Who is the same person: accounts that bear one name or one address, now or before (law 4).

Everything that recuses compares people here, and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db.models.signals import post_save, pre_delete
from django.utils.translation import gettext as _

from credentials.people.accounts import AccountTrace
from credentials.people.actors import Actor, Person, name_of, plain_name


def mark_of_name(name: str) -> str:
    """The mark of a name, however it is written; empty when there is none."""
    return _mark("name", plain_name(name))


def mark_of_address(email: str) -> str:
    """The mark of an e-mail address, however it is written; empty when there is none."""
    return _mark("address", email.strip().casefold())


def marks_of(person: Person) -> frozenset[str]:
    """What a person is known by: the marks of their name and of their address."""
    marks = (mark_of_name(name_of(person)), mark_of_address(getattr(person, "email", "") or ""))
    return frozenset(filter(None, marks))


@dataclass(frozen=True)
class Recused:
    """People who may not decide on something, each by any account of theirs.

    `own` are keys of the accounts that the record names, `accounts` those and all that share a
    mark with one of them, `marks` what the people were ever known by.
    """

    own: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()

    def includes(self, one: Person | Actor) -> bool:
        """Whether this is one of them; of somebody on the record only key and name are known."""
        if isinstance(one, Actor):
            return one.key in self.accounts or mark_of_name(one.name) in self.marks
        return str(one.pk) in self.accounts or not self.marks.isdisjoint(marks_of(one))

    def explain(self, person: Person, refusal: str) -> str:
        """The refusal, which names the remedy; first why, if it was not this very account."""
        if str(person.pk) in self.own:
            return refusal
        why = _(
            "Another account has your name or e-mail address, now or before. It counts as yours, "
            "because two people of one name cannot be told from one person with two accounts."
        )
        return f"{why} {refusal}"


def recuse(people: Iterable[Actor]) -> Recused:
    """These people as the record names them, and with them every other account of theirs.

    One query. A name on the record counts also when nothing else is left of its account.
    """
    named = [person for person in people if person.key]
    if not named:
        return Recused()
    own = frozenset(person.key for person in named)
    marks = frozenset(filter(None, (mark_of_name(person.name) for person in named)))
    traces = AccountTrace.objects.values_list("user_key", "mark")
    borne = AccountTrace.objects.filter(user_key__in=own).values("mark")
    # Two questions in one, so that the database answers both from its index.
    found = list(traces.filter(mark__in=borne).union(traces.filter(mark__in=marks)))
    return Recused(
        own, own.union(key for key, _mark in found), marks.union(mark for _key, mark in found)
    )


def leave_trace(person: Person) -> None:
    """Keep what an account is known by, unless it is kept already."""
    key = str(person.pk)
    known = AccountTrace.objects.filter(user_key=key).values_list("mark", flat=True)
    missing = sorted(marks_of(person) - set(known))
    AccountTrace.objects.bulk_create(AccountTrace(user_key=key, mark=mark) for mark in missing)


def follow_accounts() -> None:
    """Leave a trace of every account that is made or renamed, and of one that is deleted."""
    post_save.connect(_on_save, settings.AUTH_USER_MODEL, dispatch_uid="credentials.trace_saved")
    pre_delete.connect(_on_delete, settings.AUTH_USER_MODEL, dispatch_uid="credentials.trace_gone")


def _on_save(instance: Any, update_fields: frozenset[str] | None = None, **_sent: Any) -> None:
    if update_fields is None or not update_fields <= {"last_login", "password"}:
        leave_trace(instance)


def _on_delete(instance: Any, **_sent: Any) -> None:
    leave_trace(instance)


def _mark(kind: str, folded: str) -> str:
    return sha256(f"{kind}:{folded}".encode()).hexdigest() if folded else ""
