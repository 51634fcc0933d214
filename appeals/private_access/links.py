"""Private links of appeals: one for each person and purpose (AP-1)."""

import datetime

from django.utils import timezone

from appeals.choices import Purpose
from appeals.models import Case, FilingDraft, PrivateLink
from credentials.private_links import links

VALID_FOR = {
    Purpose.FILING: datetime.timedelta(days=30),
    Purpose.APPELLANT: datetime.timedelta(days=60),
    Purpose.RESPONDENT: datetime.timedelta(days=30),
}


def issue(
    purpose: Purpose, email: str, *, case: Case | None = None, draft: FilingDraft | None = None
) -> str:
    """A new link's token, which is kept nowhere. Earlier links of the same kind stop working."""
    expires_at = timezone.now() + VALID_FOR[purpose]
    return links.issue(
        PrivateLink(purpose=purpose, email=email, case=case, draft=draft, expires_at=expires_at)
    )


def find_ended(token: str) -> PrivateLink | None:
    """The link of a token, though it may have expired or been replaced: for who opened it before.

    They may stay for their hour. What the office ended is not found at all.
    """
    found: PrivateLink | None = (
        PrivateLink.objects.of(token).select_related("case__procedure", "draft").first()
    )
    return found


def end_all(case: Case, purpose: Purpose) -> int:
    """End every link of one side for good, with the codes; how many there were.

    They are deleted, so that whoever is inside by one, replaced ones included, is out.
    """
    found = PrivateLink.objects.filter(case=case, purpose=purpose)
    # Locked before their codes go, so that none is sent meanwhile.
    keys = list(found.select_for_update().order_by("pk").values_list("pk", flat=True))
    PrivateLink.objects.filter(pk__in=keys).delete()
    return len(keys)


def address_of(token: str) -> str:
    """The page that it leads to, with the site's name."""
    return links.address_of("appeals:private_link", token)
