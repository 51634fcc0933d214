"""One-time codes: their limits, how they are made and compared, and what refusals say."""

import datetime
import secrets

from django.contrib.auth.hashers import check_password, make_password
from django.utils.translation import gettext as _

VALID_FOR = datetime.timedelta(minutes=10)
DIGITS = 6
ATTEMPTS = 5
CODES_AN_HOUR = 5


def new_code() -> tuple[str, str]:
    """Six digits to send, and the hash to keep."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    return code, make_password(code)


def is_code(code: str, code_hash: str) -> bool:
    """Whether a code is the one of a hash; the hash is slow, as those of passwords are.

    An empty hash is nobody's, and takes as long.
    """
    return check_password(code.strip(), code_hash)


def too_many_codes() -> str:
    """Refusal of one more code."""
    return _("Five codes were sent within an hour. Wait an hour, then ask for another.")


def code_is_over() -> str:
    """Refusal of a code that can no longer be entered."""
    return _("This code has expired or was tried too often. Ask for a new one.")


def code_is_wrong(left: int) -> str:
    """Refusal of a wrong code; `left` is the number of attempts that remain."""
    if left > 0:
        return _("This is not the code that was sent. Attempts left: %(left)s.") % {"left": left}
    return _("This is not the code that was sent, and no attempt is left. Ask for a new one.")
