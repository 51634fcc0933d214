"""The apps install from one wheel into a fresh `wagtail start` project, by the guide's steps."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guides" / "adopting.md"
WALK = Path(__file__).with_name("adopted_project.py")
APPS = ("appeals", "credentials", "workflows")
NOT_SOURCE = shutil.ignore_patterns(
    ".*", "var", "build", "dist", "__pycache__", "*.egg-info", "node_modules"
)


def run(*command: Any, cwd: Path, env: dict[str, str] | None = None, stdin: str = "") -> str:
    """Run a command; its output. Fails the test with what it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def guide_block(first_line: str) -> str:
    """The code block of the guide that begins with this line."""
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), flags=re.DOTALL)
    (block,) = (block for block in blocks if block.startswith(first_line))
    return f"\n{block}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that the checkout stays clean; no network."""
    folder = tmp_path_factory.mktemp("wheel")
    source = shutil.copytree(ROOT, folder / "source", ignore=NOT_SOURCE)
    run(
        *(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder),
        cwd=source,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture
def project(wheel: Path, tmp_path: Path) -> Any:
    """Runs manage.py in a stock project with the wheel installed and the guide's lines added."""
    installed = tmp_path / "installed"
    run(
        *(sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"),
        *("--target", installed, wheel),
        cwd=tmp_path,
    )
    stock = tmp_path / "adopter"
    stock.mkdir()
    run(Path(sys.executable).with_name("wagtail"), "start", "adopter", stock, cwd=tmp_path)
    for name in ("settings/base.py", "urls.py"):
        with (stock / "adopter" / name).open("a") as file:
            file.write(guide_block(f"# {name}, at the end"))
    # Only the wheel and the libraries are importable: neither this checkout nor its settings.
    unwanted = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "PYTHONPATH")
    env = {name: value for name, value in os.environ.items() if name not in unwanted}
    env["PYTHONPATH"] = str(installed)

    def manage(*arguments: str, stdin: str = "") -> str:
        return run(sys.executable, "manage.py", *arguments, cwd=stock, env=env, stdin=stdin)

    return manage


def test_the_wheel_holds_the_three_apps_with_all_that_they_need(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == set(APPS)
    for app in APPS:
        expected = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / app).rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        }
        assert expected <= names


def test_a_stock_project_takes_an_offering_from_draft_to_published(project: Any) -> None:
    project("migrate", "--verbosity", "0")
    project("check", "--database", "default", "--fail-level", "ERROR")
    project("makemigrations", "--check", "--dry-run", *APPS)
    project("grant_roles")
    # E-mails to the deciders go to the console too; the walk's own line is the last.
    printed = project("shell", "--verbosity", "0", stdin=WALK.read_text())
    public = json.loads(printed.splitlines()[-1])

    assert public["editor"] == 200
    assert public["api_before"] == 404
    assert public["live"]
    status, html = public["page"]
    assert status == 200
    assert "Safe patient transfer" in html
    status, document = public["api"]
    assert status == 200
    assert document["title"] == "Safe patient transfer"
    assert document["approval"]["clauses"] == ["MC-1"]
    assert "Hospitals asked for it" not in html + json.dumps(document)
