"""Pictures: opened by the library that reads them, within a size."""

import warnings
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from appeals.uploads.markup import holds_markup

MOST_PIXELS = 100_000_000  # more than a camera's, less than a bomb's
FORMATS = ("PNG", "JPEG")
ENDS = 4096  # bytes at either end in which something may hide


def reason_against(file: IO[bytes]) -> str:
    """Why a picture is not taken."""
    try:
        with warnings.catch_warnings():
            # The limit below is ours, and refuses.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as image:
                width, height = image.size
                if width * height > MOST_PIXELS:
                    return _too_many_pixels()
                image.verify()
    except Image.DecompressionBombError:
        return _too_many_pixels()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return _("it is damaged and cannot be opened. Save it anew.")
    file.seek(0)
    begin = file.read(ENDS)
    size = file.seek(0, 2)
    file.seek(max(0, size - ENDS))
    if holds_markup(begin) or holds_markup(file.read(ENDS)):
        return _("it hides a web page or a program in a picture. Save it anew.")
    return ""


def _too_many_pixels() -> str:
    return _("it has more pixels than a camera takes. Make it smaller.")
