"""A version of the procedure on its way into force: drafted from another, then adopted (AP-2)."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from appeals.access.office import require_office
from appeals.models import Procedure, ProcedureAdoption, Step
from appeals.rules.letter_text import LetterKind
from credentials.models.versions import copied_values
from credentials.people.actors import Person, name_of
from credentials.record.ledger import LedgerHead

NOT_COPIED = frozenset({"id", "label", "changes", "based_on"})
PARTS = ("grounds", "steps", "letters")


@transaction.atomic
def draft_from(procedure: Procedure, user: Person, label: str) -> Procedure:
    """Copy a version with its grounds, steps and letters into a new draft.

    Raises PermissionDenied, or ValidationError naming `label` when it is empty or taken.
    """
    require_office(user)
    draft = Procedure(
        **copied_values(procedure, NOT_COPIED), label=label.strip(), based_on=procedure
    )
    draft.full_clean()
    draft.save()
    for name in PARTS:
        for row in getattr(procedure, name).all():
            # Saved one by one, so that the history has them.
            type(row)(procedure=draft, **copied_values(row, frozenset({"id", "procedure"}))).save()
    return draft


@transaction.atomic
def bring_into_force(
    procedure: Procedure, in_force_from: datetime.date, user: Person
) -> ProcedureAdoption:
    """Let a draft take force on a day; from now on it never changes.

    Raises PermissionDenied, or ValidationError with every reason against it.
    """
    require_office(user)
    # Held, so that nobody edits it between these checks and the adoption.
    held = Procedure.objects.select_for_update().get(pk=procedure.pk)
    if ProcedureAdoption.objects.filter(procedure=held).exists():
        raise ValidationError(
            _("“%(label)s” was brought into force already. To change it, begin a new draft.")
            % {"label": held.label}
        )
    errors: dict[str, list[str]] = {}
    if in_force_from < LedgerHead.today():
        errors["in_force_from"] = [
            _(
                "A version cannot take force in the past: cases filed since then keep the one they "
                "were filed under. Choose today or a later day."
            )
        ]
    if reasons := list(unfinished(held)):
        errors["__all__"] = reasons
    if errors:
        raise ValidationError(errors)
    adoption: ProcedureAdoption = ProcedureAdoption.objects.create(
        procedure=held,
        in_force_from=in_force_from,
        adopted_by_key=str(user.pk),
        adopted_by_name=name_of(user),
    )
    procedure.adoption = adoption
    return adoption


def unfinished(procedure: Procedure) -> Iterator[str]:
    """What a draft still lacks, a sentence each that says where to mend it."""
    grounds, steps, letters = (list(getattr(procedure, name).all()) for name in PARTS)
    if not grounds:
        yield _("It has no ground. Add at least one: without any, nobody could appeal.")
    if missing := _missing((step.key for step in steps), Step):
        yield _("Steps are missing: %(names)s. Add them with their working days.") % {
            "names": missing
        }
    if missing := _missing((letter.kind for letter in letters), LetterKind):
        yield _("Letters are missing: %(names)s. Write them.") % {"names": missing}
    for row in (procedure, *grounds, *steps, *letters):
        yield from _wrong(row)


def _missing(found: Iterable[str], choices: Any) -> str:
    present = set(found)
    return ", ".join(str(label) for key, label in choices.choices if key not in present)


def _wrong(row: Any) -> Iterator[str]:
    """What its own validation says against a row, with the row's name.

    That keys are unique, and that what it refers to exists, the database holds.
    """
    try:
        row.clean_fields(exclude={"procedure", "based_on"})
        row.clean()
    except ValidationError as error:
        for sentence in error.messages:
            yield f"{row}: {sentence}"
