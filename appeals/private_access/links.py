"""Private links: unguessable, kept as hashes only, each for one person and one purpose."""

import datetime

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.utils import get_admin_base_url

from appeals.choices import Purpose
from appeals.models import Case, FilingDraft, PrivateLink
from credentials.private_links.tokens import hash_of, new_token

VALID_FOR = {
    Purpose.FILING: datetime.timedelta(days=30),
    Purpose.APPELLANT: datetime.timedelta(days=60),
    Purpose.RESPONDENT: datetime.timedelta(days=30),
}


def issue(
    purpose: Purpose, email: str, *, case: Case | None = None, draft: FilingDraft | None = None
) -> str:
    """A new link's token, which is kept nowhere. Earlier links of the same kind stop working."""
    now = timezone.now()
    PrivateLink.objects.filter(
        purpose=purpose, email__iexact=email, case=case, draft=draft, expires_at__gt=now
    ).update(expires_at=now)
    token = new_token()
    PrivateLink.objects.create(
        purpose=purpose,
        email=email,
        case=case,
        draft=draft,
        token_hash=hash_of(token),
        expires_at=now + VALID_FOR[purpose],
    )
    return token


def find(token: str) -> PrivateLink | None:
    """The link of a token; None for a wrong, an expired or a replaced one."""
    link = find_ended(token)
    return link if link is not None and link.expires_at > timezone.now() else None


def find_ended(token: str) -> PrivateLink | None:
    """The same, though it may have expired or been replaced: for who opened it before.

    They may stay for their hour. What the office ended is not found at all.
    """
    links = PrivateLink.objects.select_related("case__procedure", "draft")
    return links.filter(token_hash=hash_of(token)).first()


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
    return str(get_admin_base_url() + reverse("appeals:private_link", args=[token]))
