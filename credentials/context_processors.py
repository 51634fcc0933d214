"""What every template may say of the institution."""

from dataclasses import dataclass

from django.http import HttpRequest

from credentials.conf import conf


@dataclass(frozen=True)
class Institution:
    """Who runs the catalogue, its colours (CSS, as set), and its office for appeals (AP-1)."""

    name: str
    url: str
    contact_email: str
    appeals_office: str
    primary_colour: str
    accent_colour: str


def institution(request: HttpRequest) -> dict[str, Institution]:
    """Add `institution` to a template's context."""
    settings = conf()
    return {
        "institution": Institution(
            name=settings.INSTITUTION_NAME,
            url=settings.INSTITUTION_URL,
            contact_email=settings.CONTACT_EMAIL,
            appeals_office=settings.OFFICES["deputy_provost"],
            primary_colour=settings.PRIMARY_COLOUR,
            accent_colour=settings.ACCENT_COLOUR,
        )
    }
