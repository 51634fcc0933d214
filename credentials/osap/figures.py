"""What an offering says of length, hours, delivery and fee, and where it departs from before."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from credentials.choices import DeliveryMode

if TYPE_CHECKING:
    from credentials.models import Offering

Figures = dict[str, Any]


@dataclass(frozen=True)
class Departure:
    """A figure of an offering that is no longer what the ministry was asked about, in words."""

    field: str
    label: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """“Hours of learning: 40 → 60” for people who read it aloud."""
        return _("%(label)s: %(after)s instead of %(before)s") % {
            "label": self.label,
            "after": self.after or _("nothing"),
            "before": self.before or _("nothing"),
        }


def content_asked_for(offering: "Offering") -> "Offering":
    """What the ministry is asked about: what is published, or the newest draft before it is."""
    specific: Offering = offering.specific
    if specific.live or specific.latest_revision_id is None:
        return specific
    draft: Offering = specific.get_latest_revision_as_object()
    return draft


def offered_by(offering: "Offering") -> Figures:
    """The figures of this content as plain JSON data: numbers as text, delivery as keys."""
    return {
        "weeks": _text(offering.weeks, "1"),
        "hours": _text(offering.hours, "0.1"),
        "delivery": sorted(offering.delivery_modes or []),
        "fee": _text(offering.fee, "0.01"),
        "asks_for_osap": bool(offering.osap_eligible),
    }


def departures(before: Figures, offering: "Offering") -> list[Departure]:
    """Where an offering's content departs from figures that were kept of it before."""
    now = offered_by(offering)
    return [
        Departure(name, label, _words(name, before[name]), _words(name, now[name]))
        for name, label in _labels().items()
        if name in before and before[name] != now[name]
    ]


def _labels() -> dict[str, str]:
    return {
        "weeks": _("Length in weeks"),
        "hours": _("Hours of learning"),
        "delivery": _("Delivery"),
        "fee": _("Fee"),
        "asks_for_osap": _("Ask for OSAP"),
    }


def _text(value: Any, step: str) -> str:
    """A number as text that does not depend on where it was read from."""
    return "" if value is None else str(Decimal(str(value)).quantize(Decimal(step)))


def _words(name: str, value: Any) -> str:
    if name == "delivery":
        return get_text_list([str(DeliveryMode(key).label) for key in value], _("and"))
    if name == "asks_for_osap":
        return _("yes") if value else _("no")
    return str(value).removesuffix(".0")
