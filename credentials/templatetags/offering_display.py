"""Filters that put a public document's plain data into words for people."""

import datetime
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.numbers import format_currency
from django import template
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, to_locale
from wagtail.whitelist import Whitelister

from credentials.choices import (
    AssessmentKind,
    AwardKind,
    Category,
    CreditBasis,
    DeliveryMode,
    Kind,
    Language,
    PartnerKind,
    PrerequisiteKind,
    StackingApproach,
)
from credentials.record.ledger import PublishedVersion

DAY_FORMAT = "j F Y"
PAGE_LANGUAGES = {"en", "fr"}

VOCABULARIES: dict[str, type[TextChoices]] = {
    "assessment": AssessmentKind,
    "award": AwardKind,
    "category": Category,
    "credit_basis": CreditBasis,
    "delivery": DeliveryMode,
    "event": PublishedVersion.Event,
    "kind": Kind,
    "language": Language,
    "partner": PartnerKind,
    "prerequisite": PrerequisiteKind,
    "stacking": StackingApproach,
}

register = template.Library()


@register.filter
def label(key: str, vocabulary: str) -> str:
    """Name a key of a vocabulary; one that is no longer in it stands for itself."""
    choices = VOCABULARIES[vocabulary]
    return str(choices(key).label) if key in choices.values else key


@register.filter
def labels(keys: list[str], vocabulary: str) -> str:
    """Name several keys, with commas between."""
    return ", ".join(label(key, vocabulary) for key in keys)


@register.filter
def money(fee: dict[str, str]) -> str:
    """Write {"amount", "currency"} as CA$495, with cents only where there are some."""
    amount = Decimal(fee["amount"])
    if amount == 0:
        return gettext("Free")
    locale = Locale.parse(to_locale(get_language() or "en"))
    pattern = locale.currency_formats["standard"].pattern
    whole = amount == amount.to_integral_value()
    return format_currency(
        amount,
        fee["currency"],
        format=pattern.replace(".00", "") if whole else pattern,
        locale=locale,
        currency_digits=not whole,
    )


@register.filter
def duration(document: dict[str, Any]) -> str:
    """Write hours and weeks: "24 hours over 6 weeks"; empty when neither is known."""
    hours, weeks = document["hours"], document["weeks"]
    in_hours = hours is not None and hours_in_words(hours)
    in_weeks = weeks and ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}
    if in_hours and in_weeks:
        return gettext("%(hours)s over %(weeks)s") % {"hours": in_hours, "weeks": in_weeks}
    return in_hours or in_weeks or ""


@register.filter
def hours_in_words(hours: float) -> str:
    """Write "24 hours", "4.5 hours"."""
    plural = 1 if hours == 1 else 2
    return ngettext("%(count)s hour", "%(count)s hours", plural) % {"count": number_format(hours)}


@register.filter
def day(value: str | datetime.date | datetime.datetime) -> str:
    """Write an ISO date, or the local day of a moment, as 11 January 2027."""
    return date_format(_local_date(value), DAY_FORMAT)


@register.filter
def upcoming(
    sessions: list[dict[str, Any]], on: datetime.date | None = None
) -> list[dict[str, Any]]:
    """The sessions that have not ended today, or on a past day, in the order of their start."""
    today = (on or timezone.localdate()).isoformat()
    ahead = [session for session in sessions if (session["ends"] or session["starts"]) >= today]
    return sorted(ahead, key=lambda session: str(session["starts"]))


@register.filter
def page_language(language: str) -> str:
    """The `lang` of an offering's own text: its language, or the page's when it is mixed."""
    return language if language in PAGE_LANGUAGES else get_language() or "en"


@register.filter
def rich_text(html: str) -> SafeString:
    """Mark rich text safe after removing what an editor could not have written.

    The admin's editor cannot produce a script, but an import or an API could carry one.
    """
    return mark_safe(Whitelister().clean(html))


def _local_date(value: str | datetime.date | datetime.datetime) -> datetime.date:
    if isinstance(value, str):
        parsed = datetime.datetime.fromisoformat(value)
        value = parsed if parsed.tzinfo else parsed.date()
    return timezone.localtime(value).date() if isinstance(value, datetime.datetime) else value
