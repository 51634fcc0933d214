"""How many awards an offering led to: asked of whatever app records awards.

Until one does, nothing is known, and the self-study says so. An app that records awards registers
a function under HOOK, as `workflows.wagtail_hooks` does for routes.
"""

import datetime
from dataclasses import dataclass

from wagtail import hooks

HOOK = "count_awards"


@dataclass(frozen=True)
class AwardCounts:
    """Awards issued and revoked since a day."""

    issued: int
    revoked: int


def awards_since(offering_id: int, since: datetime.date) -> AwardCounts | None:
    """Ask the hook, called with the offering's primary key and the day; None where none answers.

    The first answer counts.
    """
    for count in hooks.get_hooks(HOOK):
        if (found := count(offering_id, since)) is not None:
            return AwardCounts(*found)
    return None
