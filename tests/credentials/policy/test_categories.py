"""The offering is of one of the policy's categories, and of that category's kind (FW-1, DEF-5)."""

import pytest

from credentials.choices import Category, Kind
from credentials.models import CertificateProgram, Course, DigitalBadge, MicroCredential
from credentials.policy.findings import Place, Severity
from credentials.policy.rules.categories import ALLOWED
from credentials.policy.view import Component, Part
from tests.credentials.policy.offering_views import (
    CONTRACTED,
    FOR_CREDIT,
    complete,
    is_asked,
    is_met,
    the_finding,
    without,
)

PROGRAM = Kind.CERTIFICATE_PROGRAM
COURSE_PART = Part(7, "Seals", Kind.COURSE, is_offered=True)


@pytest.mark.clause("FW-1")
def test_page_types_offer_the_categories_that_the_rule_allows() -> None:
    page_types = (CertificateProgram, Course, DigitalBadge, MicroCredential)
    assert {page.kind: page.allowed_categories for page in page_types} == ALLOWED


@pytest.mark.clause("FW-1")
def test_every_category_has_a_kind_that_can_be_it() -> None:
    assert {category for categories in ALLOWED.values() for category in categories} == set(Category)


@pytest.mark.clause("FW-1")
class TestTheCategory:
    @pytest.mark.parametrize(
        ("kind", "category"), [(kind, each) for kind, every in ALLOWED.items() for each in every]
    )
    def test_is_one_of_its_kind(self, kind: Kind, category: str) -> None:
        assert is_met(complete(kind, category=category), "FW-1", "category-fits")

    @pytest.mark.parametrize("category", ["", Category.CAMP])
    def test_is_chosen_and_fits(self, category: str) -> None:
        view = complete(Kind.MICRO_CREDENTIAL, category=category)
        finding = the_finding(view, "FW-1", "category-fits")
        assert finding.severity == Severity.BLOCKS_SUBMISSION
        assert f"Choose from: {Category.NAC_MICRO_CREDENTIAL.label}," in finding.sentence
        assert finding.place == Place("category")

    def test_is_not_asked_of_what_is_for_credit_or_contracted(self) -> None:
        for changes in (FOR_CREDIT, CONTRACTED):
            assert not is_asked(complete(Kind.COURSE, **changes), "FW-1", "category-fits")


@pytest.mark.clause("FW-1")
def test_customized_training_names_the_organization() -> None:
    training = Category.CUSTOMIZED_TRAINING
    assert is_met(complete(Kind.COURSE, category=training), "FW-1", "category-partner")
    finding = the_finding(
        complete(Kind.COURSE, category=training, partners=()), "FW-1", "category-partner"
    )
    assert finding.severity == Severity.BLOCKS_SUBMISSION
    assert "Add it under “Partners”" in finding.sentence
    assert finding.place == Place("partners")


@pytest.mark.clause("FW-1")
def test_other_categories_may_do_without_a_partner() -> None:
    for category in set(ALLOWED[Kind.COURSE]) - {Category.CUSTOMIZED_TRAINING}:
        view = complete(Kind.COURSE, category=category, partners=())
        assert not is_asked(view, "FW-1", "category-partner")
    for changes in (FOR_CREDIT, CONTRACTED):
        view = complete(Kind.COURSE, category=Category.CUSTOMIZED_TRAINING, **changes)
        assert not is_asked(view, "FW-1", "category-partner")


@pytest.mark.clause("DEF-5")
class TestACertificateProgram:
    def test_sets_out_its_courses_in_words_or_as_components(self) -> None:
        assert is_met(complete(PROGRAM), "DEF-5", "programme-made-of-courses")
        stacked = without(PROGRAM, "curriculum", components=(Component(COURSE_PART, True),))
        assert is_met(stacked, "DEF-5", "programme-made-of-courses")

    def test_is_refused_without_courses(self) -> None:
        finding = the_finding(without(PROGRAM, "curriculum"), "DEF-5", "programme-made-of-courses")
        assert finding.severity == Severity.BLOCKS_SUBMISSION
        assert "Add them under “curriculum”" in finding.sentence
        assert finding.place == Place("curriculum")

    def test_is_the_only_kind_that_is_asked(self) -> None:
        for other in set(Kind) - {PROGRAM}:
            assert not is_asked(complete(other), "DEF-5", "programme-made-of-courses")
        for changes in (FOR_CREDIT, CONTRACTED):
            assert not is_asked(complete(PROGRAM, **changes), "DEF-5", "programme-made-of-courses")
