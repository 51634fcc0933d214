"""Production refuses to start when it would be unsafe, and says what to set."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from credentials.record.log.signed_note import Signer

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "catalogue.example",
    "BASE_URL": "https://catalogue.example",
    "DATABASE_URL": "sqlite://:memory:",
    "EMAIL_URL": "consolemail://",
    "RECORD_KEY": Signer.make("catalogue.example/record").as_text,
}


def check(**environment: str) -> subprocess.CompletedProcess[str]:
    """Run Django's deployment check as a new process with only these settings."""
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_safe_settings_pass_the_deployment_check() -> None:
    result = check(**SAFE)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_nothing_set_names_everything_that_is_missing() -> None:
    result = check()
    assert result.returncode != 0
    for name in (*set(SAFE) - {"RECORD_KEY"}, "RECORD_KEY_FILE"):
        assert f"- {name} " in result.stderr


@pytest.mark.parametrize(
    ("name", "unsafe"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "django-insecure-" + "0123456789" * 5),
        ("ALLOWED_HOSTS", "*"),
        ("BASE_URL", "http://catalogue.example"),
        ("DATABASE_URL", "sqlite:///var/db.sqlite3"),
        ("DEBUG", "1"),
    ],
)
def test_each_unsafe_value_is_refused_by_name(name: str, unsafe: str) -> None:
    result = check(**{**SAFE, name: unsafe})
    assert result.returncode != 0
    assert f"- {name} " in result.stderr


@pytest.mark.parametrize(
    "key", ["secret-but-no-key", SAFE["RECORD_KEY"][:-6]], ids=["no key", "cut short"]
)
def test_a_key_that_cannot_seal_the_record_is_refused_and_not_repeated(key: str) -> None:
    result = check(**{**SAFE, "RECORD_KEY": key})
    assert result.returncode != 0
    assert "make_record_key" in result.stderr
    assert key not in result.stderr
