"""A listing of online courses that was made for another purpose, with the dirt of real data."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.environment import ROOT
from credentials.models import Offering
from tests.proposals import draft

LISTING = ROOT.parent / "shared" / "data" / "online-course-listing.csv"
HEADER = "partner,course,skills,rating,reviewcount,level,certificatetype,duration,crediteligibility"
SMALL = f"""{HEADER}
Tarn,Spring Bees,"Beekeeping, Wax (Raw, Refined)",4.8,16400.0,Beginner , Course , 1 - 4 Weeks,False
Tarn,Honey Chemistry,Chemistry,4.7,,Mixed , Specialization , 3 - 6 Months,True
Tarn,Hive Repair,(1.7k reviews),,,None, Course , Less Than 2 Hours,False
Tarn,Keeping Records,None,,,None, Guided Project , Less Than 2 Hours,False
Tarn,Master of Bees,None,,,None,Degree , 1 - 4 Years,False
Tarn,Pollen,None,,,None,None,None,False
Tarn,Mieles,Sabor,,,None, Course , 4 meses,False
Tarn,蜂蜜,Wax,,,None, Course , 1 - 4 Weeks,False
Tarn,Spring Bees,Beekeeping,,,Beginner , Course , 1 - 4 Weeks,False
Tarn,Odd Hours,Wax,,,None, Course , 15+ hours of study/wk per course,False
"""
OPTIONS = {
    "map": [
        "course=title",
        "partner=partners",
        "level=audience",
        "certificatetype=kind",
        "certificatetype=category",
        "crediteligibility=credit_basis",
    ],
    "value": [
        "kind:Specialization=certificate_program",
        "kind:Professional Certificate=certificate_program",
        "kind:Guided Project=course",
        "category:Course=nac_course",
        "category:Guided Project=short_course",
        "category:Specialization=certificate_program",
        "category:Professional Certificate=certificate_program",
        "credit_basis:True=fac",
        "credit_basis:False=nac",
    ],
    "default": ["partner_kind=education", "delivery_modes=online", "language=en"],
    "reference_from": "partner,course,certificatetype",
}

Run = Callable[..., str]
pytestmark = pytest.mark.django_db


def test_dirty_rows_are_named_and_clean_ones_imported_once(tmp_path: Path, run_import: Run) -> None:
    path = tmp_path / "listing.csv"
    path.write_text(SMALL, encoding="utf-8")
    said = run_import(path, "--dry-run", **OPTIONS)
    assert "10 rows: 4 new, 0 changed, 0 unchanged, 6 invalid." in said
    assert "Not imported: rating, reviewcount." in said
    for line in (4, 6, 7, 9, 10, 11):
        assert f"Line {line}, " in said
    assert not Offering.objects.exists()

    run_import(path, "--skip-invalid", **OPTIONS)
    lengths = {o.title: (draft(o).hours, draft(o).weeks) for o in specific_offerings()}
    assert lengths == {
        "Spring Bees": (None, 4),
        "Honey Chemistry": (None, 26),
        "Keeping Records": (2, None),
        "Mieles": (None, 18),
    }
    spring = Offering.objects.get(title="Spring Bees").specific
    skills = [item.skill.name for item in draft(spring).offering_skills.all()]
    assert skills == ["Beekeeping", "Wax (Raw, Refined)"]

    assert " 0 new, 0 changed, 4 unchanged" in run_import(path, "--skip-invalid", **OPTIONS)
    assert Offering.objects.count() == 4


def specific_offerings() -> list[Offering]:
    return [offering.specific for offering in Offering.objects.all()]


@pytest.mark.skipif(not LISTING.exists(), reason="The shared listing is not beside this checkout.")
def test_the_shared_listing_is_checked_and_its_beginning_imported(
    tmp_path: Path, run_import: Run
) -> None:
    said = run_import(LISTING, "--dry-run", **OPTIONS)
    assert "1139 rows: 886 new, 0 changed, 0 unchanged, 253 invalid." in said
    beginning = tmp_path / "listing.csv"
    beginning.write_text("".join(LISTING.read_text("utf-8").splitlines(keepends=True)[:151]))
    run_import(beginning, "--skip-invalid", **OPTIONS)
    created = Offering.objects.count()
    assert created > 100
    again = run_import(beginning, "--skip-invalid", **OPTIONS)
    assert f"0 new, 0 changed, {created} unchanged" in again
    assert Offering.objects.count() == created
    assert not Offering.objects.filter(live=True).exists()
