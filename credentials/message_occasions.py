"""Which messages there are about agreements, the policy's review and tokens, and what they say."""

import datetime
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from credentials.message_templates.occasions import COMMON, Occasion, Placeholder, read_texts

DATA = Path(__file__).parent / "data"
AGREEMENTS, OTHERS = _("Messages about agreements"), _("Other messages")

SIGNING = "title number party signatory link"
INVITING = f"{SIGNING} until"
ENDING = "title number day when"
# Group, name, what may be said beside what all may say, and what must be.
TERMS = {
    "agreement_invitation": (
        AGREEMENTS,
        _("An outside party is to sign"),
        INVITING,
        "title party link",
    ),
    "agreement_invitation_again": (
        AGREEMENTS,
        _("An outside party is reminded to sign"),
        INVITING,
        "title party link",
    ),
    "agreement_sign_here": (
        AGREEMENTS,
        _("Somebody with an account is to sign"),
        SIGNING,
        "title party link",
    ),
    "agreement_sign_here_again": (
        AGREEMENTS,
        _("Somebody with an account is reminded to sign"),
        SIGNING,
        "title party link",
    ),
    "agreement_code": (AGREEMENTS, _("The code for signing"), "code", "code"),
    "agreement_signed": (AGREEMENTS, _("All have signed"), "title number link", "title"),
    "agreement_ends": (
        AGREEMENTS,
        _("An agreement ends soon: to the office and to those with an account"),
        f"{ENDING} link",
        "title day",
    ),
    "agreement_ends_outside": (
        AGREEMENTS,
        _("An agreement ends soon: to outside parties"),
        ENDING,
        "title day",
    ),
    "agreement_ended": (
        AGREEMENTS,
        _("An agreement has ended: to the office and to those with an account"),
        f"{ENDING} link",
        "title day",
    ),
    "agreement_ended_outside": (
        AGREEMENTS,
        _("An agreement has ended: to outside parties"),
        ENDING,
        "title day",
    ),
    "policy_review_due": (
        OTHERS,
        _("The policy is due for review"),
        "policy_version due link",
        "policy_version due link",
    ),
    "policy_review_overdue": (
        OTHERS,
        _("The policy's review is overdue"),
        "policy_version due link",
        "policy_version due link",
    ),
    "token_revoked": (
        OTHERS,
        _("Somebody’s API token was revoked"),
        "token name reason",
        "token reason",
    ),
}

_DAY = datetime.date(2027, 3, 1)
KNOWN = {
    "title": Placeholder(_("the title of the offering"), _("Care of older adults")),
    "number": Placeholder(_("the number of the agreement’s version"), 2),
    "party": Placeholder(_("the party to the agreement"), _("A Hospital")),
    "signatory": Placeholder(_("who is to sign"), _("A. Person")),
    "link": Placeholder(_("the address to open"), "https://lakeshore.example/…"),
    "until": Placeholder(_("until when the link works"), _DAY),
    "code": Placeholder(_("the code"), "123456"),
    "day": Placeholder(_("the day on which the agreement ends"), _DAY),
    "when": Placeholder(_("how long that is, such as “in 7 days”"), _("in 7 days")),
    "policy_version": Placeholder(_("the policy in force"), "ACD 1532"),
    "due": Placeholder(_("the day on which the review is due"), _DAY),
    "token": Placeholder(_("the token’s name"), _("Registrar’s script")),
    "name": Placeholder(_("who did it"), _("A. Person")),
    "reason": Placeholder(_("the reason"), _("It was in a public repository.")),
}


def own_occasions() -> Iterator[Occasion]:
    """All of them, by what they are about."""
    for key, texts in read_texts(DATA / "messages.toml").items():
        group, name, may, must = TERMS[key]
        known = {one: KNOWN[one] for one in may.split()}
        yield Occasion(key, name, group, known | COMMON, frozenset(must.split()), texts)
