"""Outcomes are measurable and assessed, by kinds that show mastery (MC-3, MC-4, PA-5, PA-6)."""

import pytest

from credentials.choices import NOT_MASTERY, AssessmentKind, Kind
from credentials.policy.findings import Place, Severity
from credentials.policy.view import Assessment, OfferingView, Outcome
from tests.credentials.policy.offering_views import (
    CONTRACTED,
    FOR_CREDIT,
    complete,
    findings,
    is_asked,
    is_met,
    terms_of,
    the_finding,
)

MICRO = Kind.MICRO_CREDENTIAL


def assessed_by(*assessments: Assessment) -> OfferingView:
    return complete(MICRO, assessments=assessments)


def with_outcomes(*outcomes: Outcome, kind: Kind = MICRO) -> OfferingView:
    return complete(kind, outcomes=outcomes)


# Refused by name in the issue: multiple choice only.
@pytest.mark.clause("MC-4")
def test_multiple_choice_as_the_only_assessment_is_refused() -> None:
    only = assessed_by(Assessment("Quiz", AssessmentKind.MULTIPLE_CHOICE, ("LO1", "LO2")))
    finding = the_finding(only, "MC-4", "mastery")
    assert finding.clause == "MC-4"
    assert finding.severity == Severity.BLOCKS_SUBMISSION
    assert "Add one of another kind than: Multiple choice" in finding.sentence
    assert finding.place == Place("assessments")


@pytest.mark.clause("MC-4")
class TestMastery:
    def test_is_shown_where_every_outcome_is_covered(self) -> None:
        assert is_met(complete(MICRO), "MC-4", "mastery")

    def test_may_be_shown_by_several_assessments_between_them(self) -> None:
        view = assessed_by(
            Assessment("One", AssessmentKind.ORAL, ("LO1",)),
            Assessment("Two", AssessmentKind.PROJECT, ("LO2",)),
        )
        assert is_met(view, "MC-4", "mastery")

    @pytest.mark.parametrize("kind", sorted(NOT_MASTERY))
    def test_is_never_shown_by_an_excluded_kind(self, kind: str) -> None:
        assert kind in terms_of("MC-4", "mastery").terms
        assert not is_met(assessed_by(Assessment("A", kind, ("LO1", "LO2"))), "MC-4", "mastery")

    @pytest.mark.parametrize("kind", sorted(set(AssessmentKind) - NOT_MASTERY))
    def test_can_be_shown_by_every_other_kind(self, kind: str) -> None:
        assert is_met(assessed_by(Assessment("A", kind, ("LO1", "LO2"))), "MC-4", "mastery")

    def test_is_asked_of_each_outcome_that_only_a_quiz_covers(self) -> None:
        view = assessed_by(
            Assessment("Quiz", AssessmentKind.TRUE_FALSE, ("LO1", "LO2")),
            Assessment("Bench", AssessmentKind.PERFORMANCE, ("LO1",)),
        )
        finding = the_finding(view, "MC-4", "mastery")
        assert "Outcome LO2 is not covered" in finding.sentence
        assert "Name it under “outcomes covered”" in finding.sentence
        assert finding.place == Place("assessments", 1, "outcome_codes")

    def test_is_not_shown_by_an_assessment_of_no_kind(self) -> None:
        assert not is_met(assessed_by(Assessment("A", "", ("LO1", "LO2"))), "MC-4", "mastery")

    def test_is_not_asked_of_other_kinds_or_under_other_policies(self) -> None:
        for other in set(Kind) - {MICRO}:
            assert not is_asked(complete(other, assessments=()), "MC-4", "mastery")
        for changes in (FOR_CREDIT, CONTRACTED):
            assert not is_asked(complete(MICRO, **changes), "MC-4", "mastery")


@pytest.mark.parametrize(
    ("clause", "kind"),
    [pytest.param("PA-5", kind, marks=pytest.mark.clause("PA-5")) for kind in Kind]
    + [pytest.param("MC-4", MICRO, marks=pytest.mark.clause("MC-4"))],
)
class TestOutcomes:
    def test_are_enough_with_statements_and_codes(self, clause: str, kind: Kind) -> None:
        assert is_met(complete(kind), clause, "outcomes")
        assert is_met(with_outcomes(Outcome("LO1", "Weld"), kind=kind), clause, "outcomes")

    def test_are_asked_for_where_there_are_none(self, clause: str, kind: Kind) -> None:
        finding = the_finding(complete(kind, outcomes=()), clause, "outcomes")
        assert finding.severity == Severity.BLOCKS_SUBMISSION
        assert "Add under “Learning outcomes”" in finding.sentence
        assert finding.place == Place("outcomes")

    def test_say_something(self, clause: str, kind: Kind) -> None:
        view = with_outcomes(Outcome("LO1", "Weld"), Outcome("LO2", " "), kind=kind)
        finding = the_finding(view, clause, "outcomes")
        assert "Outcome LO2 says nothing. Write what learners can do" in finding.sentence
        assert finding.place == Place("outcomes", 1, "statement")

    @pytest.mark.parametrize(
        ("code", "remedy"),
        [
            ("", "Give it one, such as LO2."),
            (" ", "Give it one, such as LO2."),
            ("LO1", "Give it another."),
            ("LO 2", "Write it as one word."),
            ("LO2;", "Write it as one word."),
        ],
    )
    def test_have_a_code_of_their_own_that_assessments_can_name(
        self, clause: str, kind: Kind, code: str, remedy: str
    ) -> None:
        view = with_outcomes(Outcome("LO1", "Weld"), Outcome(code, "Cut"), kind=kind)
        finding = the_finding(view, clause, "outcomes")
        assert remedy in finding.sentence
        assert finding.place == Place("outcomes", 1, "code")

    def test_are_not_asked_for_under_other_policies(self, clause: str, kind: Kind) -> None:
        for changes in (FOR_CREDIT, CONTRACTED):
            assert not is_asked(complete(kind, outcomes=(), **changes), clause, "outcomes")


@pytest.mark.clause("MC-4")
def test_mastery_asks_only_micro_credentials_for_outcomes_as_well() -> None:
    assert not is_asked(complete(Kind.COURSE, outcomes=()), "MC-4", "outcomes")


@pytest.mark.clause("PA-5")
class TestMeasurableOutcomes:
    def test_begin_with_what_can_be_seen(self) -> None:
        assert is_met(complete(Kind.COURSE), "PA-5", "measurable-outcomes")

    @pytest.mark.parametrize(
        ("statement", "verb"),
        [
            ("Understand pumps", "Understand"),
            ("know how pumps work", "know"),
            ("To learn about seals", "learn"),
            ("Learners will appreciate the trade", "appreciate"),
            ("Be aware of hazards", "Be aware"),
            ("Become familiar with valves", "Become familiar"),
            ("Comprendre les pompes", "Comprendre"),
            ("Connai\u0302tre les joints", "Connaître"),
            ("Être sensibilisée aux dangers", "Être sensibilisée"),
            ("Se familiariser avec les vannes", "Se familiariser"),
        ],
    )
    def test_are_advised_where_they_begin_otherwise(self, statement: str, verb: str) -> None:
        view = with_outcomes(Outcome("LO1", "Weld"), Outcome("LO2", statement), kind=Kind.COURSE)
        finding = the_finding(view, "PA-5", "measurable-outcomes")
        assert finding.severity == Severity.ADVICE
        assert f"outcome LO2 begins with: “{verb}”" in finding.sentence
        assert "Begin with what learners will do" in finding.sentence
        assert finding.place == Place("outcomes", 1, "statement")

    @pytest.mark.parametrize(
        "statement",
        [
            "Explain how to understand a gauge",
            "Knowledgeably repair a pump",
            "Learner-led repair",
            "Connaîtront",
            "Réparer une pompe",
            "Be able to repair a pump",
        ],
    )
    def test_are_not_advised_by_a_word_further_on(self, statement: str) -> None:
        view = with_outcomes(Outcome("LO1", statement), kind=Kind.COURSE)
        assert is_met(view, "PA-5", "measurable-outcomes")

    def test_are_not_judged_where_there_are_none_or_elsewhere(self) -> None:
        assert not is_asked(with_outcomes(), "PA-5", "measurable-outcomes")
        for changes in (FOR_CREDIT, CONTRACTED):
            assert not is_asked(complete(MICRO, **changes), "PA-5", "measurable-outcomes")


@pytest.mark.clause("PA-6")
class TestAssessedOutcomes:
    @pytest.mark.parametrize("kind", list(Kind))
    def test_exist(self, kind: Kind) -> None:
        assert is_met(complete(kind), "PA-6", "assessed-outcomes")

    def test_are_corrected_where_they_do_not(self) -> None:
        view = assessed_by(
            Assessment("Bench", AssessmentKind.PERFORMANCE, ("LO1",)),
            Assessment("Talk", AssessmentKind.ORAL, ("LO2", "LO7", "LO9", "LO7")),
        )
        finding = the_finding(view, "PA-6", "assessed-outcomes")
        assert finding.severity == Severity.BLOCKS_SUBMISSION
        assert "“Talk” names outcomes that do not exist: LO7, LO9." in finding.sentence
        assert "Correct “outcomes covered”" in finding.sentence
        assert finding.place == Place("assessments", 1, "outcome_codes")

    def test_are_assessed_in_some_way(self) -> None:
        finding = the_finding(
            assessed_by(Assessment("", "", ("LO1",))), "PA-6", "assessed-outcomes"
        )
        assert "Assessment “1” has no kind. Choose" in finding.sentence
        assert finding.place == Place("assessments", 0, "kind")

    def test_are_not_judged_without_assessments_or_elsewhere(self) -> None:
        assert not is_asked(complete(Kind.COURSE, assessments=()), "PA-6", "assessed-outcomes")
        for changes in (FOR_CREDIT, CONTRACTED):
            assert not is_asked(complete(MICRO, **changes), "PA-6", "assessed-outcomes")


@pytest.mark.clause("MC-3")
class TestMeaningfulAssessment:
    def test_is_one_with_title_and_kind(self) -> None:
        assert is_met(complete(MICRO), "MC-3", "meaningful-assessment")

    @pytest.mark.parametrize(
        "assessments",
        [(), (Assessment(" ", AssessmentKind.ORAL, ()),), (Assessment("Talk", "", ()),)],
    )
    def test_is_asked_for_where_there_is_none(self, assessments: tuple[Assessment, ...]) -> None:
        finding = the_finding(assessed_by(*assessments), "MC-3", "meaningful-assessment")
        assert finding.severity == Severity.BLOCKS_SUBMISSION
        assert "Add an assessment with its title and kind" in finding.sentence
        assert finding.place == Place("assessments")

    def test_is_not_asked_of_other_kinds_or_elsewhere(self) -> None:
        assert not is_asked(complete(Kind.COURSE), "MC-3", "meaningful-assessment")
        for changes in (FOR_CREDIT, CONTRACTED):
            assert not is_asked(complete(MICRO, **changes), "MC-3", "meaningful-assessment")


@pytest.mark.clause("MC-4")
def test_mastery_says_nothing_of_outcomes_where_there_are_none() -> None:
    assert findings(with_outcomes(), "MC-4", "mastery") == ()


@pytest.mark.parametrize(
    ("clause", "rule"),
    [
        pytest.param("MC-4", "mastery", marks=pytest.mark.clause("MC-4")),
        pytest.param("PA-5", "measurable-outcomes", marks=pytest.mark.clause("PA-5")),
    ],
)
def test_an_outcome_without_a_code_goes_by_its_place(clause: str, rule: str) -> None:
    view = with_outcomes(Outcome("LO1", "Weld"), Outcome("", "Understand seals"))
    assert "utcome 2 " in the_finding(view, clause, rule).sentence


@pytest.mark.clause("PA-5")
def test_an_empty_outcome_without_a_code_goes_by_its_place() -> None:
    view = with_outcomes(Outcome("LO1", "Weld"), Outcome("", ""))
    sentences = [finding.sentence for finding in findings(view, "PA-5", "outcomes")]
    assert "Outcome 2 says nothing. Write what learners can do, or remove it." in sentences
