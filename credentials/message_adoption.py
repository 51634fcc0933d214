"""The text of a letter or notice on its way into force: drafted from another, then adopted."""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from credentials.models import MessageAdoption, MessageTemplate
from credentials.models.message_texts import TEXTS
from credentials.people.actors import Person, name_of
from credentials.record.ledger import LedgerHead

PERMISSION = "credentials.own_message_templates"


def require_owner(user: Person) -> None:
    """Raise PermissionDenied unless this person may write and adopt texts."""
    if not user.has_perm(PERMISSION):  # type: ignore[union-attr]
        raise PermissionDenied(
            _("Only the office that owns the texts of letters and notices works with them.")
        )


@transaction.atomic
def draft_from(template: MessageTemplate, user: Person) -> MessageTemplate:
    """Copy a version, or an occasion's supplied text, into a new draft. Raises PermissionDenied."""
    require_owner(user)
    known = MessageTemplate.objects.of(template.occasion)
    newest = known.aggregate(newest=Max("number"))["newest"] or 0
    draft: MessageTemplate = MessageTemplate.objects.create(
        occasion=template.occasion,
        number=newest + 1,
        based_on=template if template.pk else None,
        **{name: getattr(template, name) for name in TEXTS},
    )
    return draft


@transaction.atomic
def adopt(template: MessageTemplate, in_force_from: datetime.date, user: Person) -> MessageAdoption:
    """Let a draft take force on a day; from now on it never changes.

    Raises PermissionDenied, or ValidationError by field with every reason against it.
    """
    require_owner(user)
    # Held, so that nobody edits it between these checks and the adoption.
    held = MessageTemplate.objects.select_for_update().get(pk=template.pk)
    if MessageAdoption.objects.filter(template=held).exists():
        raise ValidationError(
            _("“%(label)s” was adopted already. To change the text, begin a new draft.")
            % {"label": held.label}
        )
    if in_force_from < LedgerHead.today():
        raise ValidationError(
            {
                "in_force_from": _(
                    "A text cannot take force in the past: what was sent since then was written "
                    "from another. Choose today or a later day."
                )
            }
        )
    held.full_clean()
    adoption: MessageAdoption = MessageAdoption.objects.create(
        template=held,
        in_force_from=in_force_from,
        adopted_by_key=str(user.pk),
        adopted_by_name=name_of(user),
    )
    template.adoption = adoption
    return adoption
