"""Holding an agreement while something happens to it."""

from credentials.models import Agreement, Offering


def hold(agreement_id: int) -> Agreement:
    """The row as it is now, held until the transaction ends, with its offering.

    The offering first, then the agreement, then an invitation: held in another order, two people
    could wait for each other.
    """
    offering = Agreement.objects.filter(pk=agreement_id).values("offering")
    Offering.objects.select_for_update().get(pk__in=offering)
    return Agreement.objects.select_for_update().get(pk=agreement_id)
