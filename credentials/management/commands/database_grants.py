"""Print the SQL by which a role of PostgreSQL may run the site, and not rewrite history."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from credentials.append_only.database_roles import grants


class Command(BaseCommand):
    """`manage.py database_grants --site-role NAME [--owner NAME] | psql` (law 3)."""

    help = (
        "Prints SQL for psql: the role that runs the site may read and add, and owns nothing. "
        "Both roles must exist; run it as a superuser, and again after each migrate."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--site-role", required=True, metavar="NAME", help="the role that runs the site"
        )
        parser.add_argument(
            "--owner",
            default="",
            metavar="NAME",
            help="the role that owns the tables and migrates; who owns them now when left out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles. Give its DATABASE_URL.")
        try:
            statements = grants(connection, options["site_role"], options["owner"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(["BEGIN;", *statements, "COMMIT;"]))
