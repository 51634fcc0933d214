"""Settings of the plugin set, read from the project's `CREDENCE` dictionary, with defaults."""

from dataclasses import dataclass, field, fields
from typing import Any

from django.conf import settings


def _offices() -> dict[str, str]:
    return {
        "department": "Continuous Learning Department",
        "committee": "Micro-credentials and Continuous Learning Committee",
        "unit": "Academic unit",
        "policy_owner": "Office of the Provost",
        "deputy_provost": "Office of the Deputy Provost",
        "ministry": "Ministry responsible for OSAP",
    }


def _groups() -> dict[str, str]:
    return {
        "editor": "Content editors",
        "department": "Continuous Learning Department",
        "committee": "Committee moderators",
        "policy_owner": "Policy owner",
        "appeals_office": "Appeals office",
        "appeals_decider": "Appeals deciders",
    }


@dataclass(frozen=True)
class Conf:
    """What an institution may set. Every name is optional; see docs/guides/adopting.md."""

    INSTITUTION_NAME: str = "Lakeshore University"
    INSTITUTION_URL: str = "https://lakeshore.example"
    CONTACT_EMAIL: str = "credentials@lakeshore.example"
    PRIMARY_COLOUR: str = "#0b4f6c"
    ACCENT_COLOUR: str = "#a8481a"
    CURRENCY: str = "CAD"
    ACADEMIC_YEAR_STARTS: tuple[int, int] = (9, 1)  # month and day
    JOBS_LATE_AFTER_MINUTES: int = 60
    CLIENT_ADDRESS_HEADER: str = ""  # in which a trusted proxy says who asks, such as X-Real-IP
    UPLOAD_SCANNER: str = ""  # dotted path of a callable; see docs/operations
    RECORD_ORIGIN: str = ""  # what a new log is called; the site's host and /record if empty
    RECORD_KEY: str = ""  # see docs/operations/record.md
    RECORD_KEY_FILE: str = ""
    SEAL_AFTER_COMMIT: bool = True
    PUBLIC_COLLECTIONS: tuple[str, ...] = ("Public documents",)
    OFFICES: dict[str, str] = field(default_factory=_offices)
    ROLE_GROUPS: dict[str, str] = field(default_factory=_groups)


def conf() -> Conf:
    """Return the settings in force. Offices and groups left out keep their default names."""
    given: dict[str, Any] = dict(getattr(settings, "CREDENCE", {}))
    given["OFFICES"] = {**_offices(), **given.get("OFFICES", {})}
    given["ROLE_GROUPS"] = {**_groups(), **given.get("ROLE_GROUPS", {})}
    known = {f.name for f in fields(Conf)}
    return Conf(**{key: value for key, value in given.items() if key in known})


def unknown_settings() -> set[str]:
    """Names in `CREDENCE` that mean nothing here, most likely misspelt."""
    return set(getattr(settings, "CREDENCE", {})) - {f.name for f in fields(Conf)}
