"""Reviews of an offering for its public page; the page's own model cannot reach them."""

from typing import Any

from django import template

from credentials.catalogue.past import PastDay
from credentials.compliance.public_reviews import PublicReviews, public_reviews, reviews_done

register = template.Library()


@register.simple_tag
def reviews_of(versions: list[Any], past: PastDay | None = None) -> PublicReviews:
    """The reviews of an offering, given its versions, newest first; on a past day, as of then."""
    if not versions:
        return PublicReviews(())
    head = versions[0]
    if past:
        return PublicReviews(reviews_done(head.offering_id, by=past.day))
    return public_reviews(head.offering_id, head.event)
