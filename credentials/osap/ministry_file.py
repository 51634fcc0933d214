"""The table that the ministry asks for, row by row (MC-5)."""

from collections.abc import Iterator, Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from credentials.choices import DeliveryMode
from credentials.conf import conf
from credentials.models import OsapRecord
from credentials.models.osap import OsapRecordQuerySet
from credentials.record.representation import permanent_address


def rows(records: OsapRecordQuerySet) -> Iterator[Sequence[object]]:
    """A heading, then a row for each record, in the order given; read in chunks."""
    yield (
        _("Institution"),
        _("Academic year"),
        _("Title"),
        _("CIP 2021 code"),
        _("NOC 2021 code 1"),
        _("NOC 2021 code 2"),
        _("NOC 2021 code 3"),
        _("Weeks"),
        _("Hours"),
        _("Delivery"),
        _("Tuition"),
        _("Currency"),
        _("Address"),
        _("State"),
    )
    institution, currency = conf().INSTITUTION_NAME, conf().CURRENCY
    for record in records.select_related("offering", "year").iterator(chunk_size=500):
        yield (
            institution,
            record.year,
            record.offering.title,
            record.cip,
            record.noc_1,
            record.noc_2,
            record.noc_3,
            "" if record.weeks is None else record.weeks,
            "" if record.hours is None else record.hours,
            delivery_of(record),
            "" if record.tuition is None else record.tuition,
            currency,
            permanent_address(str(record.offering.uuid)),
            record.state.label,
        )


def delivery_of(record: OsapRecord) -> str:
    """How it is delivered, in words."""
    return get_text_list([str(DeliveryMode(key).label) for key in record.delivery], _("and"))
