"""The procedure that comes with the apps: whole, in both languages, in force, and reversible."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import translation

from appeals.models import (
    ClockStart,
    Ground,
    LetterTemplate,
    Procedure,
    ProcedureStep,
    Step,
)
from appeals.rules.letter_text import LetterKind

pytestmark = pytest.mark.django_db


@pytest.mark.clause("AP-2")
def test_one_version_is_in_force_from_the_start() -> None:
    procedure = Procedure.objects.in_force().get()
    assert procedure.time_limit == 10
    assert procedure.cut_off == datetime.time(16)
    assert procedure.time_zone == "America/Toronto"
    assert procedure.clock_start == ClockStart.RECEIPT
    assert [ground.key for ground in procedure.grounds.all()] == [
        "new-evidence",
        "procedural-irregularity",
    ]
    assert {step.key for step in procedure.steps.all()} == set(Step.values)
    assert {letter.kind for letter in procedure.letters.all()} == set(LetterKind.values)


def test_everything_in_it_is_valid_and_said_in_both_languages() -> None:
    procedure = Procedure.objects.in_force().get()
    rows = [*Ground.objects.all(), *ProcedureStep.objects.all(), *LetterTemplate.objects.all()]
    for row in (procedure, *rows):
        row.full_clean()
    with translation.override("fr"):
        assert procedure.title == "Procédure d’appel de la formation continue"


def test_before_its_day_none_was_in_force() -> None:
    assert not Procedure.objects.in_force(datetime.date(2023, 11, 27)).exists()
    assert Procedure.objects.in_force(datetime.date(2023, 11, 28)).exists()


@pytest.mark.django_db(transaction=True)
def test_its_migrations_can_be_undone_and_done_again() -> None:
    call_command("migrate", "appeals", "zero", verbosity=0)
    call_command("migrate", "appeals", verbosity=0)
    assert Procedure.objects.in_force().exists()
