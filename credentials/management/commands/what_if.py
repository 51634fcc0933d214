"""Try a draft of the policy against the catalogue and the open proposals."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count

from credentials.compliance import what_if
from credentials.exceptions import NoPolicyInForce
from credentials.models import PolicyVersion, WhatIf, WhatIfEffect

SECONDS_BETWEEN_FIGURES = 1.0


class Command(BaseCommand):
    """The report stays under Policy in the admin; the command prints its totals."""

    help = "Compare a draft policy version with the one in force, over all offerings."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("label", help="label of the draft version")

    def handle(self, *args: Any, **options: Any) -> None:
        version = PolicyVersion.objects.filter(label=options["label"]).first()
        if version is None:
            known = ", ".join(f"“{v.label}”" for v in PolicyVersion.objects.drafts()) or "none"
            raise CommandError(f"There is no version of that label. Drafts: {known}.")
        if version.is_adopted:
            raise CommandError("That version is adopted already. A what-if is for a draft.")
        self.shown = time.monotonic()
        try:
            trial = what_if.begin(version, None)
        except NoPolicyInForce as error:
            raise CommandError(str(error)) from error
        what_if.run(trial.pk, self.show)
        trial.refresh_from_db()
        if trial.state != WhatIf.State.DONE:
            raise CommandError(trial.failure or "It did not end.")
        self._totals(trial)

    def show(self, done: int, total: int) -> None:
        """Print how far it is, at most once a second."""
        now = time.monotonic()
        if now - self.shown >= SECONDS_BETWEEN_FIGURES or done == total:
            self.shown = now
            self.stdout.write(f"{done} of {total} checked ({done * 100 // total} %)")

    def _totals(self, trial: WhatIf) -> None:
        rows = (
            trial.effects.values_list("clause", "effect").annotate(Count("pk")).order_by("clause")
        )
        for clause, effect, count in rows:
            label = WhatIfEffect.Effect(effect).label
            self.stdout.write(f"{clause}: {count} × {label}")
        self.stdout.write(self.style.SUCCESS(f"Compared with {trial.compared_with}."))
