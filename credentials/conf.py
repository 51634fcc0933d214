"""Settings of the plugin set, read from the project's `CREDENCE` dictionary, with defaults."""

from dataclasses import dataclass, field, fields
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Conf:
    """What an institution may set. Every name is optional; see docs/guides/adopting.md."""

    INSTITUTION_NAME: str = "Lakeshore University"
    CURRENCY: str = "CAD"
    DEPARTMENT_NAME: str = "Continuous Learning Department"
    COMMITTEE_NAME: str = "Micro-credentials and Continuous Learning Committee"
    POLICY_VERSION: str = "ACD 1532 (2023-11-28)"
    ROLE_GROUPS: dict[str, str] = field(
        default_factory=lambda: {
            "editor": "Content editors",
            "department": "Continuous Learning Department",
            "committee": "Committee moderators",
        }
    )


def conf() -> Conf:
    """Return the settings in force; unknown keys are reported by the system check, not here."""
    given: dict[str, Any] = getattr(settings, "CREDENCE", {})
    known = {f.name for f in fields(Conf)}
    return Conf(**{key: value for key, value in given.items() if key in known})
