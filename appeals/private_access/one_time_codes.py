"""One-time codes of private links: sent by e-mail, tried under limits on a locked row (law 6).

Limits hold for a code, for an hour and for the link's whole life, so that guessing gets nowhere
however patient it is.
"""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.exceptions import CodeRefused
from appeals.models import OneTimeCode, PrivateLink
from credentials.mail import send_on_commit
from credentials.private_links import codes

ONE_HOUR = datetime.timedelta(hours=1)
MOST_FAILURES = 20  # over all codes of a link; then it is replaced by a new one
TEMPLATE = "appeals/mail/code"


def has_code(link: PrivateLink) -> bool:
    """Whether a code was sent that can still be entered."""
    return link.failures < MOST_FAILURES and _current(link) is not None


def send_code(link: PrivateLink) -> None:
    """Send a new code, which replaces the last one. Raises CodeRefused over the limits."""
    now = timezone.now()
    with transaction.atomic():
        locked = _lock(link)
        if locked.codes.filter(sent_at__gt=now - ONE_HOUR).count() >= codes.CODES_AN_HOUR:
            raise CodeRefused(codes.too_many_codes())
        locked.codes.filter(expires_at__gt=now).update(expires_at=now)
        code, code_hash = codes.new_code()
        OneTimeCode.objects.create(
            link=locked, code_hash=code_hash, sent_at=now, expires_at=now + codes.VALID_FOR
        )
        send_on_commit(locked.email, TEMPLATE, {"code": code})


def enter_code(link: PrivateLink, code: str) -> None:
    """Accept the code that was sent; it works once. Raises CodeRefused for every other."""
    # The attempt is counted whatever comes of it, so the refusal is raised after the transaction.
    with transaction.atomic():
        locked = _lock(link)
        current = _current(locked)
        is_right = codes.is_code(code, current.code_hash if current else "")
        if current is not None:
            current.attempts += 1
            current.used_at = timezone.now() if is_right else None
            current.save(update_fields=["attempts", "used_at"])
            if not is_right:
                locked.failures += 1
                locked.save(update_fields=["failures"])
    if current is None:
        raise CodeRefused(codes.code_is_over())
    if not is_right:
        raise CodeRefused(codes.code_is_wrong(codes.ATTEMPTS - current.attempts))


def _current(link: PrivateLink) -> OneTimeCode | None:
    """The code that can be entered now."""
    return link.codes.filter(
        used_at__isnull=True, expires_at__gt=timezone.now(), attempts__lt=codes.ATTEMPTS
    ).last()


def _lock(link: PrivateLink) -> PrivateLink:
    """The row, held until the transaction ends. Raises CodeRefused once it leads nowhere."""
    locked = PrivateLink.objects.select_for_update(of=("self",)).filter(
        pk=link.pk, expires_at__gt=timezone.now()
    )
    found = locked.first()
    if found is None:
        raise CodeRefused(_("This link no longer works. Ask for a new one."))
    if found.failures >= MOST_FAILURES:
        raise CodeRefused(_("Too many wrong codes were entered for this link. Ask for a new link."))
    return found
