"""What a decider says about a stage."""

from dataclasses import dataclass
from typing import Any

from workflows.choices import Outcome


@dataclass(frozen=True)
class Verdict:
    """An outcome with its comment.

    `back_to` is an earlier stage to which changes are asked for; None means the author. `motion`
    is what a committee resolved. `instrument` names the authority of an emergency override.
    """

    outcome: Outcome
    comment: str = ""
    back_to: Any = None
    motion: Any = None
    instrument: str = ""
