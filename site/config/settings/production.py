"""Production: secrets have no default, and an unsafe setting stops the start with its remedy."""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.environment import ROOT, SQLITE, env
from config.settings.base import *  # noqa: F403
from config.settings.base import BASE_URL, CREDENCE, DATABASES, STORAGES
from credentials.record.log.signed_note import Signer, UnreadableKey

MIN_KEY_LENGTH = 50
MIN_KEY_CHARACTERS = 5

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])


def _problems() -> list[str]:
    """Say what is unsafe or missing, one sentence each, with the remedy."""
    found = []
    if (
        len(SECRET_KEY) < MIN_KEY_LENGTH
        or len(set(SECRET_KEY)) < MIN_KEY_CHARACTERS
        or "insecure" in SECRET_KEY
    ):
        found.append(
            f"SECRET_KEY is missing or weak: set it to {MIN_KEY_LENGTH} or more random characters, "
            'such as those of `python -c "import secrets; print(secrets.token_urlsafe(60))"`.'
        )
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        found.append(
            "ALLOWED_HOSTS is empty or '*': list the host names of this site, with commas between."
        )
    if env.bool("DEBUG", default=False):
        found.append("DEBUG is on: unset it; error pages would show settings and data to anyone.")
    if urlsplit(BASE_URL).scheme != "https":
        found.append("BASE_URL is not https: set it to the public address, https://host.")
    if not env.str("DATABASE_URL", default=""):
        found.append("DATABASE_URL is missing: set it, such as postgres://user:password@host/name.")
    elif _is_sqlite_in_checkout() and not env.bool("CREDENCE_ALLOW_SQLITE", default=False):
        found.append(
            "DATABASE_URL names an SQLite file inside the checkout, where an update may lose it: "
            "name another place or PostgreSQL, or set CREDENCE_ALLOW_SQLITE=1 if it is meant."
        )
    if not env.str("EMAIL_URL", default=""):
        found.append(
            "EMAIL_URL is missing, and decisions are notified by e-mail: set it, such as "
            "smtp+tls://user:password@host:587, or consolemail:// to print them."
        )
    if problem := _record_key_problem():
        found.append(problem)
    return found


def _record_key_problem() -> str:
    """Say what is wrong with the key that seals the record; it is never repeated."""
    path = CREDENCE["RECORD_KEY_FILE"]
    try:
        Signer.read(CREDENCE["RECORD_KEY"] or (Path(path).read_text() if path else ""))
    except (OSError, UnicodeDecodeError, UnreadableKey) as error:
        return (
            "RECORD_KEY_FILE names no file with the key that seals the record "
            f"({error.strerror if isinstance(error, OSError) else error}): make one with "
            "`DJANGO_SETTINGS_MODULE=config.settings.dev BASE_URL=https://host manage.py "
            "make_record_key --to FILE`, keep a copy elsewhere, and set RECORD_KEY_FILE to it, or "
            "RECORD_KEY to what it holds."
        )
    return ""


def _is_sqlite_in_checkout() -> bool:
    """Tell whether the database is a file among the code."""
    database = DATABASES["default"]
    return (
        database["ENGINE"] == SQLITE
        and database["NAME"] != ":memory:"
        and Path(database["NAME"]).resolve().is_relative_to(ROOT)
    )


if problems := _problems():
    raise ImproperlyConfigured("This site cannot start safely:\n- " + "\n- ".join(problems))

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

# Everything over HTTPS. A proxy that ends TLS says so in PROXY_SSL_HEADER (X-Forwarded-Proto);
# name it only where the proxy overwrites what the client sent.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
if proxy_header := env.str("PROXY_SSL_HEADER", default=""):
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{proxy_header.upper().replace('-', '_')}", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[BASE_URL])
