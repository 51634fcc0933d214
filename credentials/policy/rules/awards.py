"""What a learner receives fits what was taken (CP-1, SH-1, DEF-6, DEF-9)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import AwardKind, Kind
from credentials.policy.findings import Gap, Place
from credentials.policy.rule import rule
from credentials.policy.scope import governed_here_of
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView

AWARD = Place("award_kind")


@rule(
    "certificate-awarded",
    gettext_lazy("A certificate program awards a certificate"),
    applies=governed_here_of(Kind.CERTIFICATE_PROGRAM),
)
def certificate_awarded(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Nothing else shows that a program was completed (CP-1)."""
    if view.award != AwardKind.CERTIFICATE:
        yield Gap(
            _(
                "Whoever completes a certificate program receives a certificate. Choose “%(award)s”"
                " under “awarded on completion”."
            )
            % {"award": AwardKind.CERTIFICATE.label},
            AWARD,
        )


@rule(
    "completion-award",
    gettext_lazy("A course awards a certificate of completion or nothing"),
    applies=governed_here_of(Kind.COURSE),
)
def completion_award(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Other credentials are earned in other ways (SH-1)."""
    if view.award not in (AwardKind.NONE, AwardKind.CERTIFICATE_OF_COMPLETION):
        yield Gap(
            _(
                "A course can award only a certificate of completion. Choose “%(award)s” under "
                "“awarded on completion”, or that nothing is awarded."
            )
            % {"award": AwardKind.CERTIFICATE_OF_COMPLETION.label},
            AWARD,
        )


@rule(
    "badge-image",
    gettext_lazy("A digital badge has its image"),
    applies=governed_here_of(Kind.DIGITAL_BADGE),
)
def badge_image(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """The image is what holders show (DEF-6)."""
    if not view.has_image:
        yield Gap(
            _("A digital badge is a picture, and it has none. Choose it under “image”."),
            Place("image"),
        )


@rule(
    "own-award",
    gettext_lazy("A micro-credential awards a micro-credential or a digital badge"),
    applies=governed_here_of(Kind.MICRO_CREDENTIAL),
)
def own_award(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """A designation of its own, not another's certificate (DEF-9)."""
    if view.award not in (AwardKind.MICRO_CREDENTIAL, AwardKind.DIGITAL_BADGE):
        yield Gap(
            _(
                "A micro-credential is a designation of its own. Choose “%(award)s” or “%(badge)s” "
                "under “awarded on completion”."
            )
            % {
                "award": AwardKind.MICRO_CREDENTIAL.label,
                "badge": AwardKind.DIGITAL_BADGE.label,
            },
            AWARD,
        )
