"""One-time codes of private links: sent by e-mail, tried under limits on a locked row (law 6).

Limits hold for a code, for an hour and for the link's whole life, so that guessing gets nowhere
however patient it is.
"""

import datetime
import secrets
from typing import Any, ClassVar

from django.contrib.auth.hashers import check_password, make_password
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.mail import send_on_commit
from credentials.private_links.links import PrivateLinkRow

DIGITS = 6
VALID_FOR = datetime.timedelta(minutes=10)
ATTEMPTS = 5
CODES_AN_HOUR = 5
ONE_HOUR = datetime.timedelta(hours=1)
MOST_FAILURES = 20  # over all codes of a link; then it is replaced by a new one


class CodeRefused(Exception):
    """A code is not sent or not accepted. Carries a sentence for the person."""


class OneTimeCodeRow(models.Model):
    """A code that was sent: works once, for some minutes, with few attempts.

    A subclass adds `link`, with `codes` as the name of the way back.
    """

    wagtail_reference_index_ignore: ClassVar[bool] = True

    code_hash = models.CharField(max_length=128)
    sent_at = models.DateTimeField(gettext_lazy("sent"), default=timezone.now)
    expires_at = models.DateTimeField(gettext_lazy("expires"))
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(gettext_lazy("used"), null=True)

    class Meta:
        abstract = True
        verbose_name = gettext_lazy("one-time code")
        verbose_name_plural = gettext_lazy("one-time codes")

    def __str__(self) -> str:
        return str(self.pk)


def has_code(link: PrivateLinkRow) -> bool:
    """Whether a code was sent that can still be entered."""
    return _current(link) is not None


def send_code(link: PrivateLinkRow) -> None:
    """Send a new code, which replaces the last one. Raises CodeRefused over the limits.

    A new link brings no more codes: those of all links alike count.
    """
    now = timezone.now()
    with transaction.atomic():
        locked = _lock(link)
        sent = _codes(locked).model.objects.filter(link__in=locked.alike())
        if sent.filter(sent_at__gt=now - ONE_HOUR).count() >= CODES_AN_HOUR:
            raise CodeRefused(
                _("Five codes were sent within an hour. Wait an hour, then ask for another.")
            )
        _codes(locked).filter(expires_at__gt=now).update(expires_at=now)
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        _codes(locked).create(
            code_hash=make_password(code), sent_at=now, expires_at=now + VALID_FOR
        )
        send_on_commit(locked.address_of_codes(), locked.code_template, {"code": code})


def enter_code(link: PrivateLinkRow, code: str) -> None:
    """Accept the code that was sent; it works once. Raises CodeRefused for every other."""
    # The attempt is counted whatever comes of it, so the refusal is raised after the transaction.
    with transaction.atomic():
        locked = _lock(link)
        current = _current(locked)
        is_right = is_code(code, current.code_hash if current else "")
        if current is not None:
            current.attempts += 1
            current.used_at = timezone.now() if is_right else None
            current.save(update_fields=["attempts", "used_at"])
            if not is_right:
                locked.failures += 1
                locked.save(update_fields=["failures"])
    if current is None:
        raise CodeRefused(_("This code has expired or was tried too often. Ask for a new one."))
    if not is_right:
        raise CodeRefused(_is_wrong(ATTEMPTS - current.attempts))


def is_code(code: str, code_hash: str) -> bool:
    """Whether a code is the one of a hash; the hash is slow, as those of passwords are.

    An empty hash is nobody's, and takes as long.
    """
    return check_password(code.strip(), code_hash)


def _is_wrong(left: int) -> str:
    if left > 0:
        return _("This is not the code that was sent. Attempts left: %(left)s.") % {"left": left}
    return _("This is not the code that was sent, and no attempt is left. Ask for a new one.")


def _codes(link: PrivateLinkRow) -> Any:
    """The codes of a link. Each kind of link has rows of its own for them."""
    return link.codes  # type: ignore[attr-defined]


def _current(link: PrivateLinkRow) -> OneTimeCodeRow | None:
    """The code that can be entered now."""
    can_be_entered = _codes(link).filter(
        link__failures__lt=MOST_FAILURES,
        used_at__isnull=True,
        expires_at__gt=timezone.now(),
        attempts__lt=ATTEMPTS,
    )
    found: OneTimeCodeRow | None = can_be_entered.last()
    return found


def _lock(link: PrivateLinkRow) -> PrivateLinkRow:
    """The row, held until the transaction ends. Raises CodeRefused once it leads nowhere."""
    links = type(link).objects.select_for_update(of=("self",))
    found: PrivateLinkRow | None = links.alive().filter(pk=link.pk).first()
    if found is None:
        raise CodeRefused(_("This link no longer works. Ask for a new one."))
    if found.failures >= MOST_FAILURES:
        raise CodeRefused(_("Too many wrong codes were entered for this link. Ask for a new link."))
    return found
