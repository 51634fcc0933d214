"""Where documents of appeals lie on this machine: outside the media, without an address."""

from typing import Any, NoReturn

from django.core.files.storage import FileSystemStorage


class PrivateFileStorage(FileSystemStorage):
    """Files that only a view which asks who wants them can give out."""

    def __init__(self, location: Any) -> None:
        super().__init__(
            location=location, file_permissions_mode=0o600, directory_permissions_mode=0o700
        )

    def url(self, name: str | None) -> NoReturn:
        raise ValueError("Documents of appeals have no address.")
