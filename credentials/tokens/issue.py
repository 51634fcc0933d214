"""Making and revoking tokens: each person makes their own, the administrator only ends them."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.models.api import DISPLAY_PREFIX_LENGTH

from credentials.exceptions import TokenRefused
from credentials.message_mail import send_on_commit
from credentials.models import PersonalToken
from credentials.people.actors import Person, actor_of, language_of

SEES_ALL = "wagtailcore.delete_apitoken"


def make_token(
    person: Any, name: str, days: int, kind: PersonalToken.Kind = PersonalToken.Kind.READ
) -> tuple[PersonalToken, str]:
    """A person's new token, and its key, which is kept nowhere.

    Whoever asks is whose it is: there is no way to say somebody else. Raises TokenRefused.
    """
    name = " ".join(name.split())
    if not person.is_active:
        raise TokenRefused(_("Only a person whose account is active makes a token."))
    if PersonalToken.objects.in_force().filter(user=person, name=name).exists():
        raise TokenRefused(
            _("You have a token called “%(name)s”. Give this one another name.") % {"name": name}
        )
    key = PersonalToken.generate_token()
    with transaction.atomic():
        token = PersonalToken.objects.create(
            user=person,
            name=name,
            kind=kind,
            expires_at=timezone.now() + datetime.timedelta(days=days),
            key_hash=PersonalToken.hash_token(key),
            prefix=key[:DISPLAY_PREFIX_LENGTH],
        )
        log(token, "wagtail.apitoken.create", user=person)
    return token, key


def revoke_token(token: PersonalToken, person: Person, reason: str = "") -> None:
    """End a token for good: one's own, or anybody's with a reason, of which its person is told.

    Raises TokenRefused.
    """
    own = token.user_id == person.pk
    if not own and not sees_all(person):
        raise TokenRefused(_("This is another person's token."))
    if not own and not reason.strip():
        raise TokenRefused(_("Say why; the person whose token it is reads it."))
    by = actor_of(person)
    with transaction.atomic():
        held = PersonalToken.objects.select_for_update(of=("self", "apitoken_ptr"))
        token = held.get(pk=token.pk)
        if token.revoked_at is not None:
            raise TokenRefused(_("This token is revoked already."))
        token.revoked_at, token.revoked_reason = timezone.now(), reason.strip()
        token.revoked_by_key, token.revoked_by_name = by.key, by.name
        token.save()
        log(token, "wagtail.apitoken.revoke", user=person)
        if not own and token.user.email:
            with override(language_of(token.user)):
                facts = {"token": token.name, "name": by.name, "reason": token.revoked_reason}
                send_on_commit(token.user.email, "token_revoked", facts)


def sees_all(person: Person) -> bool:
    """Whether a person sees and revokes everybody's tokens; nobody makes them for another."""
    return bool(person.has_perm(SEES_ALL))  # type: ignore[union-attr]
