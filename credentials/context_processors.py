"""What every template may say of the institution."""

from dataclasses import dataclass

from django.http import HttpRequest

from credentials.conf import conf


@dataclass(frozen=True)
class Institution:
    """Name, address and colours (CSS colours, as set) of whoever runs the catalogue."""

    name: str
    url: str
    contact_email: str
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
            primary_colour=settings.PRIMARY_COLOUR,
            accent_colour=settings.ACCENT_COLOUR,
        )
    }
