"""The timer, service and crontab of the guide can be read and run the command there is."""

from configparser import ConfigParser

import pytest
from django.core.management import get_commands

from config.environment import ROOT

FOLDER = ROOT / "docs" / "operations"


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None, comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    assert parser.read(FOLDER / name)
    return parser


def command_in(line: str) -> str:
    """The management command that a line runs."""
    words = line.split()
    return words[words.index("manage.py") + 1]


def test_the_timer_starts_the_service_which_runs_the_command() -> None:
    timer, service = unit("credence-jobs.timer"), unit("credence-jobs.service")
    assert timer["Timer"]["Unit"] == "credence-jobs.service"
    assert timer["Timer"]["OnCalendar"] == "*:0/5"
    assert service["Service"]["Type"] == "oneshot"
    assert command_in(service["Service"]["ExecStart"]) in get_commands()


def test_the_crontab_names_time_account_and_command() -> None:
    lines = (FOLDER / "credence-jobs.cron").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("*")]
    fields = line.split(maxsplit=6)
    assert fields[:5] == ["*/5", "*", "*", "*", "*"]
    assert fields[5] == "credence"
    assert command_in(line) in get_commands()


@pytest.mark.parametrize("guide", ["README.md", "jobs.md"])
def test_the_guide_names_no_command_that_is_gone(guide: str) -> None:
    text = (FOLDER / guide).read_text()
    named = {part.split("`")[0].split()[0] for part in text.split("`manage.py ")[1:]}
    assert named <= set(get_commands())
