"""The offering is of one of the policy's categories, and of that category's kind (FW-1, DEF-5)."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import Category, Kind
from credentials.policy.findings import Gap, Place
from credentials.policy.rule import rule
from credentials.policy.scope import governed_here, governed_here_of
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView

# The page types offer the same (`allowed_categories`); a test compares them.
ALLOWED: Mapping[str, tuple[Category, ...]] = {
    Kind.CERTIFICATE_PROGRAM: (Category.CERTIFICATE_PROGRAM, Category.OTHER),
    Kind.COURSE: (
        Category.SHORT_COURSE,
        Category.PROFESSIONAL_DEVELOPMENT,
        Category.NAC_COURSE,
        Category.CUSTOMIZED_TRAINING,
        Category.CAMP,
        Category.OTHER,
    ),
    Kind.MICRO_CREDENTIAL: (Category.NAC_MICRO_CREDENTIAL, Category.OTHER),
    Kind.DIGITAL_BADGE: (Category.NAC_MICRO_CREDENTIAL, Category.OTHER),
}


def _is_customized(view: OfferingView, terms: RuleTerms) -> bool:
    return view.is_governed_here and view.category == Category.CUSTOMIZED_TRAINING


@rule(
    "category-fits",
    gettext_lazy("A category is chosen that fits the kind of offering"),
    applies=governed_here,
)
def category_fits(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """One of the eight, and one that this kind can be (FW-1)."""
    allowed = ALLOWED[view.kind]
    if view.category not in allowed:
        yield Gap(
            _(
                "“Category” is empty or does not fit this kind of offering. Choose from: "
                "%(categories)s."
            )
            % {"categories": ", ".join(str(category.label) for category in allowed)},
            Place("category"),
        )


@rule(
    "category-partner",
    gettext_lazy("Customized training names the organization it is for"),
    applies=_is_customized,
)
def category_partner(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Other categories may have partners; this one always has (FW-1)."""
    if not view.partners:
        yield Gap(
            _(
                "Customized training is for an organization, but none is named. Add it under "
                "“Partners”, or choose another category."
            ),
            Place("partners"),
        )


@rule(
    "programme-made-of-courses",
    gettext_lazy("A certificate program sets out its courses"),
    applies=governed_here_of(Kind.CERTIFICATE_PROGRAM),
)
def programme_made_of_courses(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """A curriculum in words, or offerings of the catalogue as components (DEF-5)."""
    if "curriculum" not in view.filled and not view.components:
        yield Gap(
            _(
                "A certificate program is made of courses, but none is set out. Add them under "
                "“curriculum”, or as “Components” if they are in the catalogue."
            ),
            Place("curriculum"),
        )
