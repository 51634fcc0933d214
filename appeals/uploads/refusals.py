"""Why a file is refused: each sentence names the file, says why, and what to do instead."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class UploadRefused(ValidationError):
    """A file is not taken. The message stands under the key `file`."""

    def __init__(self, name: str, reason: str) -> None:
        self.sentence = _("“%(file)s” was not added: %(reason)s") % {"file": name, "reason": reason}
        super().__init__({"file": self.sentence})
