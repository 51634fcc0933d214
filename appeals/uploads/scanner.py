"""The seam to a virus scanner: a callable that the institution names (ADR 43)."""

import logging
from collections.abc import Callable
from typing import IO

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from credentials.conf import conf

logger = logging.getLogger(__name__)
# Takes the file, read from its begin; True says that nothing was found.
Scanner = Callable[[IO[bytes]], bool]


def reason_against(file: IO[bytes]) -> str:
    """Why the scanner does not let a file in. One that fails lets nothing in."""
    if not conf().UPLOAD_SCANNER:
        return ""
    file.seek(0)
    try:
        scan: Scanner = import_string(conf().UPLOAD_SCANNER)
        is_clean = scan(file) is True
    except Exception as error:
        # The kind only: an error's own text may hold the file's name or words.
        logger.error("The upload scanner failed: %s", type(error).__name__)
        return _("it could not be checked for viruses just now. Try again in a while.")
    finally:
        file.seek(0)
    return "" if is_clean else _("the virus scanner does not let it through. Save it as PDF anew.")
