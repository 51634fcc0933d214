"""What counts in a stack: enough, from different areas, and each once (CP-6, DEF-10)."""

from collections.abc import Iterator
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import Kind, StackingApproach
from credentials.policy.findings import Gap, Place
from credentials.policy.rule import Uses, rule
from credentials.policy.stack import repeats, stack_of, wholes_of
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView, Part


def _is_horizontal(view: OfferingView) -> bool:
    return view.is_governed_here and view.stacking_approach == StackingApproach.HORIZONTAL


def _stacks_certificates_horizontally(view: OfferingView, terms: RuleTerms) -> bool:
    certificates = _parts(view, frozenset({Kind.CERTIFICATE_PROGRAM}))
    return view.kind == Kind.CERTIFICATE_PROGRAM and _is_horizontal(view) and bool(certificates)


def _has_two_side_by_side(view: OfferingView, terms: RuleTerms) -> bool:
    return _is_horizontal(view) and len(_parts(view, terms.kinds)) > 1


def _has_parts(view: OfferingView, terms: RuleTerms) -> bool:
    return bool(view.components)


def _parts(view: OfferingView, kinds: frozenset[str]) -> list[Part]:
    return [item.part for item in view.components if not kinds or item.part.kind in kinds]


@rule(
    "certificates-side-by-side",
    gettext_lazy("Enough certificates side by side"),
    applies=_stacks_certificates_horizontally,
    uses=frozenset({Uses.NUMBER}),
)
def certificates_side_by_side(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """A horizontal stack of certificates has at least the number of them (CP-6)."""
    count, number = len(_parts(view, frozenset({Kind.CERTIFICATE_PROGRAM}))), terms.number or 0
    if count < number:
        yield Gap(
            _(
                "Certificates stack side by side from %(number)s on, and %(count)s is listed. Add "
                "a certificate program from another area, or leave certificates out."
            )
            % {"number": number, "count": count},
            Place("components"),
        )


@rule(
    "different-areas",
    gettext_lazy("Parts side by side come from different areas"),
    applies=_has_two_side_by_side,
)
def different_areas(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Not all parts are from one academic unit or of shared skills (CP-6, DEF-11).

    A clause about certain kinds of whole asks it of their parts of the same kinds.
    """
    pairs = combinations(_parts(view, terms.kinds), 2)
    if not any(_is_another_area(one, other) for one, other in pairs):
        yield Gap(
            _(
                "All parts come from one area: the same academic unit, and skills that are shared "
                "or not recorded. Add a part from another unit or with other skills."
            ),
            Place("components"),
        )


def _is_another_area(one: Part, other: Part) -> bool:
    apart = one.skills.isdisjoint(other.skills) and one.skills and other.skills
    return one.unit != other.unit or bool(apart)


@rule(
    "no-double-counting",
    gettext_lazy("No offering counts twice"),
    applies=_has_parts,
)
def no_double_counting(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Each offering counts once: here, and in every published offering that holds this one."""
    stack = stack_of(view)
    found = list(repeats(view.key, stack.contains))
    for repeat in found:
        yield Gap(_repeated(view, repeat.key, repeat.first, repeat.row), _part_at(repeat.row))
    if found:
        return
    for whole in wholes_of(view.key, stack.contains):
        for repeat in repeats(whole, stack.contains):
            yield Gap(
                _(
                    "“%(part)s” would count twice in “%(whole)s”, which holds this offering. "
                    "Remove it here, or change “%(whole)s” first."
                )
                % {"part": _title(view, repeat.key), "whole": _title(view, whole)},
                Place("components"),
            )


def _repeated(view: OfferingView, key: int, first: int, row: int) -> str:
    parts = [view.components[first].part, view.components[row].part]
    if first == row:
        return _("“%(part)s” counts twice inside “%(whole)s”. Choose another part.") % {
            "part": _title(view, key),
            "whole": parts[0].title,
        }
    if parts[0].key == parts[1].key:
        return _("“%(part)s” is listed twice. Keep it once.") % {"part": parts[0].title}
    if key == parts[1].key:
        return _("“%(part)s” counts already as a part of “%(whole)s”. Remove one of the two.") % {
            "part": parts[1].title,
            "whole": parts[0].title,
        }
    if key == parts[0].key:
        return _("“%(part)s” counts already on its own. Remove it, or “%(whole)s” around it.") % {
            "part": parts[0].title,
            "whole": parts[1].title,
        }
    return _(
        "“%(part)s” counts twice: in “%(first)s” and in “%(second)s”. Remove one of the two."
    ) % {"part": _title(view, key), "first": parts[0].title, "second": parts[1].title}


def _part_at(row: int) -> Place:
    return Place("components", row, "part")


def _title(view: OfferingView, key: int) -> str:
    return view.title if key == view.key else view.graph.parts[key].title
