"""`manage.py verify_record`: what it prints, and with which exit status."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from credentials.models import CatalogueEntry, LogKey
from credentials.record.log.batches import seal_all
from credentials.verification import checks
from credentials.verification.checks import Check, Verification
from tests.credentials.verification.owner import newest_note
from tests.factories import CourseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(root: Any) -> Any:
    """One course, published and sealed."""
    made = CourseFactory(parent=root, life="published")
    seal_all()
    return made


def verified(**options: Any) -> tuple[str, str]:
    """What it writes, and what it says of its progress."""
    output, errors = StringIO(), StringIO()
    call_command("verify_record", stdout=output, stderr=errors, **options)
    return output.getvalue(), errors.getvalue()


def test_a_true_record_is_counted_in_one_line(published: Any) -> None:
    said, _progress = verified()
    assert said.startswith("Verified in ")
    assert said.count("\n") == 1
    for words in ("1 approvals", "1 published versions", "entries of the log", "0 ballots"):
        assert words in said
    assert verified(quiet=True) == ("", "")


def test_each_thing_wrong_is_a_sentence_and_the_exit_status_is_1(published: Any) -> None:
    CatalogueEntry.objects.update(body="{}")
    output = StringIO()
    with pytest.raises(CommandError, match=r"not in order: 1 thing is wrong") as failure:
        call_command("verify_record", stdout=output, stderr=StringIO(), quiet=True)
    assert failure.value.returncode == 1
    assert output.getvalue() == (
        f"The catalogue shows something else than version {published.pk} v1. "
        "Run `manage.py rebuild_catalogue`.\n"
    )


def test_checkpoints_and_keys_may_be_given(published: Any, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text(newest_note().text)
    key = LogKey.objects.get().verifier_key
    said, _progress = verified(checkpoint=[str(kept), str(kept)], key=[key])
    assert "2 checkpoints kept outside" in said


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"checkpoint": ["nowhere.txt"]}, r"nowhere.txt cannot be read.*/record/checkpoint"),
        ({"key": ["x"]}, r"The key cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        verified(**options)


def test_a_file_that_is_no_checkpoint_is_said(published: Any, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("A letter.\n")
    with pytest.raises(CommandError, match="1 thing is wrong"):
        verified(checkpoint=[str(other)])


def test_a_check_that_breaks_off_is_a_sentence_and_the_others_go_on(root: Any) -> None:
    def breaking(tick: checks.Tick) -> list[str]:
        raise KeyError("Ada")

    run = Verification(
        [
            Check("things", lambda: 2, breaking),
            Check("others", lambda: 1, lambda tick: ["One is wrong."]),
        ]
    )
    assert list(run.faults()) == ["The check of things broke off: KeyError.", "One is wrong."]
    assert run.counted == {"things": 2, "others": 1}


def test_how_far_it_is_is_told(root: Any) -> None:
    told: list[tuple[str, int, int]] = []

    def faults(tick: checks.Tick) -> list[str]:
        tick()
        tick()
        return []

    run = Verification(
        [Check("a", lambda: 2, faults), Check("b", lambda: 2, lambda tick: [])],
        lambda *facts: told.append(facts),
    )
    assert list(run.faults()) == []
    assert told == [("a", 1, 4), ("a", 2, 4), ("a", 2, 4), ("b", 4, 4)]


@pytest.mark.django_db(transaction=True)
def test_it_runs_outside_any_transaction_as_an_administrator_runs_it(root: Any) -> None:
    """On PostgreSQL in one of its own, so that who publishes meanwhile makes no false alarm."""
    CourseFactory(parent=root, life="published")
    seal_all()
    verified()
    CatalogueEntry.objects.update(body="{}")
    with pytest.raises(CommandError, match="1 thing is wrong"):
        verified()
