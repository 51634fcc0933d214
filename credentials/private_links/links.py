"""Private links: unguessable addresses for one person each, kept as hashes only."""

import hashlib
import secrets
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_admin_base_url

TOKEN_BYTES = 32


def hash_of(token: str) -> str:
    """Lowercase hexadecimal SHA-256. A token is long enough to need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


class PrivateLinkQuerySet(models.QuerySet[Any]):
    """Links in the words of the room."""

    def alive(self) -> Self:
        """Those that have neither expired nor been replaced."""
        return self.filter(expires_at__gt=timezone.now())

    def of(self, token: str) -> Self:
        """The one of a token, or none."""
        return self.filter(token_hash=hash_of(token))

    def end(self) -> None:
        """End those that are alive; the rows stay."""
        self.alive().update(expires_at=timezone.now())


class PrivateLinkRow(models.Model):
    """A link. A subclass adds what it opens, and the codes that point to it as `codes`."""

    wagtail_reference_index_ignore: ClassVar[bool] = True
    # The message that carries a code: the name of its two templates.
    code_template: ClassVar[str]

    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    failures = models.PositiveSmallIntegerField(
        _("wrong codes"), default=0, help_text=_("Over all codes of this link.")
    )

    objects = PrivateLinkQuerySet.as_manager()

    class Meta:
        abstract = True

    def alike(self) -> PrivateLinkQuerySet:
        """All links of the same person to the same thing: one of them works at a time."""
        raise NotImplementedError

    def address_of_codes(self) -> str:
        """The e-mail address to which its codes go."""
        raise NotImplementedError


def issue(link: PrivateLinkRow) -> str:
    """Save a new link, and give its token, which is kept nowhere. Those alike stop working."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link.token_hash = hash_of(token)
    with transaction.atomic():
        link.alike().end()
        link.save(force_insert=True)
    return token


def address_of(page: str, token: str) -> str:
    """Where a token leads to, with the site's name; `page` names the address."""
    return str(get_admin_base_url() + reverse(page, args=[token]))
