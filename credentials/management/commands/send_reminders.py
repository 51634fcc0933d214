"""Send the reminders that are due: run it once a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from credentials.agreements.reminding import send_agreement_reminders
from credentials.compliance.policy_review import remind_of_review


class Command(BaseCommand):
    """`manage.py send_reminders`; safe to repeat, each reminder goes out once (MC-6, PO-1)."""

    help = "Sends the reminders that are due and were not sent before."

    def handle(self, *args: Any, **options: Any) -> None:
        sent, failed = send_agreement_reminders()
        self.stdout.write(f"Agreements: {sent} sent, {failed} failed.")
        policy_sent, policy_failed = remind_of_review()
        self.stdout.write(f"Policy review: {policy_sent} sent, {policy_failed} failed.")
        failed += policy_failed
        if failed:
            raise CommandError(
                f"{failed} reminders were not sent; the next run tries them again. "
                "Check the settings of the mail server.",
                returncode=1,
            )
