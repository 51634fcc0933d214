"""All rules by key, and what a clause may tell each of them."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from credentials.policy import rules
from credentials.policy.rule import REGISTERED, Rule, Uses
from credentials.policy.terms import RuleTerms
from credentials.policy.view import SECTIONS

# A rule registers itself when its module is loaded: each module of the room is, whatever it holds.
for _found in iter_modules(rules.__path__):
    import_module(f"{rules.__name__}.{_found.name}")
RULES: dict[str, Rule] = REGISTERED


def rule_choices() -> list[tuple[str, Any]]:
    """Keys and labels for a form."""
    return [(rule.key, rule.label) for rule in RULES.values()]


def check_terms(terms: RuleTerms) -> None:
    """Judge what a clause tells a rule. Raises ValidationError naming field and remedy."""
    rule = RULES.get(terms.rule)
    if rule is None:
        raise ValidationError({"rule": _("There is no such rule. Choose one from the list.")})
    errors = {}
    if Uses.FIELD in rule.uses and terms.field not in SECTIONS:
        errors["field"] = _("Name the field that must be filled: %(fields)s.") % {
            "fields": ", ".join(SECTIONS)
        }
    if Uses.NUMBER in rule.uses and terms.number is None:
        errors["number"] = _("This rule needs a figure.")
    unknown = [term for term in terms.terms if term not in rule.vocabulary]
    if Uses.TERMS in rule.uses and (unknown or not terms.terms):
        errors["terms"] = _("Choose from: %(known)s.") % {"known": ", ".join(rule.vocabulary)}
    given = {Uses.FIELD: terms.field, Uses.NUMBER: terms.number, Uses.TERMS: terms.terms}
    for use, value in given.items():
        if use not in rule.uses and value not in ("", None, ()):
            errors[use.value] = _("This rule does not use it. Leave it empty.")
    if errors:
        raise ValidationError(errors)
