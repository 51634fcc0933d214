"""Wagtail's command in front of Wagtail's own: it lists and revokes tokens, and makes none."""

from typing import Any, NoReturn

from django.core.management.base import CommandError
from wagtail.management.commands.api_tokens import Command as WagtailsCommand


class Command(WagtailsCommand):
    """`create` is refused: each person makes their own token."""

    help = "List and revoke API tokens; each person makes their own in the admin"

    def create(self, *args: Any, **options: Any) -> NoReturn:
        """Raises CommandError."""
        raise CommandError(
            "A token is made by the person who uses it, in the admin under Account. One made here "
            "would open nothing."
        )
