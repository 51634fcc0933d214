"""How a report counts, in its own words. A presented report keeps those it was presented with."""

from django.utils.translation import gettext_lazy as _

NOTES = (
    _(
        "Each version of an offering published in the year is one happening. Its category, and "
        "whether it is delivered under contract (FW-2) and so left out, are those of its public "
        "document at that version."
    ),
    _(
        "A governed change needs the full route of decisions; an editorial change the Department "
        "decides alone. A version that only tells whether the ministry approves OSAP is neither: "
        "the offering stays what was approved, and only the ministry decided (MC-5). Such versions "
        "are not among the changes and not in the list; their number stands with the requests for "
        "OSAP."
    ),
    _(
        "Reviewed is what had its review concluded in the year, under the title and category of "
        "the version reviewed. Overdue is what was offered at the end of the year while, by the "
        "register of reviews as it stood then, a review was past its due date and not concluded. "
        "What was concluded, moved or retired later changes neither."
    ),
    _(
        "Requests for OSAP are those for this academic year, each as it stood at the end of the "
        "year. An approval lapses when the year is over, so it still counts as approved."
    ),
    _(
        "In a year that is not over, all of this is as it stood on the day named under "
        "\u201cCounted until\u201d."
    ),
)
