"""The first policy version as it is read from its file."""

import datetime
import subprocess
import sys

import pytest

from credentials.choices import Kind
from credentials.models import Obligation
from credentials.policy.register import (
    OBLIGATIONS,
    RegisterInvalid,
    first_version,
    read_version,
)
from tests.credentials.policy.first_terms import default_terms

VERSION = """
label = "P 1 (2026-01-01)"
classification_number = "P 1"
title = "A policy"
approving_authority = "A council"
owner = "An office"
owner_email = ""
approved_on = 2026-01-01
review_due_on = 2029-01-01
in_force_from = 2026-01-01
changes = ""
"""
CLAUSE = """
[[clause]]
number = "A-1"
part = "A"
heading = "One"
summary = "In our words."
obligation = "enforced"
home = "The editor."
code = ["credentials"]
"""
RULE = """rules = [{ rule = "filled", severity = "advice", field = "summary" }]"""


def test_a_version_is_read_whole() -> None:
    version = read_version(VERSION + CLAUSE + RULE)
    assert version.review_due_on == datetime.date(2029, 1, 1)
    (clause,) = version.clauses
    assert (clause.number, clause.code) == ("A-1", ("credentials",))
    (rule,) = clause.rules
    assert (rule.clause, rule.rule, rule.field, rule.number) == ("A-1", "filled", "summary", None)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("label = ", "not TOML"),
        (VERSION, "no clauses"),
        (VERSION.replace('title = "A policy"', ""), "In the version, this is missing: title"),
        (f"{VERSION}colour = 1\n{CLAUSE}", "In the version, there is no such key: colour"),
        (VERSION + CLAUSE.replace('"The editor."', '""'), "In clause A-1, home is empty"),
        (VERSION + CLAUSE.replace('"One"', "1"), "In clause A-1, heading must be a str"),
        (VERSION + CLAUSE.replace("enforced", "hoped for"), "obligation is one of: enforced"),
        (VERSION + CLAUSE * 2, "Each clause stands once; remove one of: A-1"),
        (VERSION + CLAUSE + RULE.replace("advice", "fatal"), "rule filled of clause A-1, severity"),
        (VERSION + CLAUSE + RULE.replace("field", "feild"), "there is no such key: feild"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(RegisterInvalid, match=sentence):
        read_version(text)


def test_the_rules_of_all_clauses_are_its_terms_in_the_order_of_clauses() -> None:
    terms = default_terms()
    assert terms.label == first_version().label
    numbers = [clause.number for clause in first_version().clauses]
    places = [numbers.index(rule.clause) for rule in terms.rules]
    assert places == sorted(places)


def test_it_speaks_of_kinds_and_obligations_that_exist() -> None:
    assert set(OBLIGATIONS) == set(Obligation.values)
    kinds = {kind for rule in default_terms().rules for kind in rule.kinds}
    assert kinds <= set(Kind.values)


def test_it_is_read_without_database_or_rulebook() -> None:
    """A migration reads it before there are tables; rules and models may import it."""
    program = (
        "import sys; from credentials.policy import register;"
        "loaded = {'credentials.models', 'credentials.policy.rulebook'} & set(sys.modules);"
        "sys.exit(str(loaded) if loaded else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
