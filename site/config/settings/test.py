"""Tests: fast and closed to the outside; on SQLite, or on whatever DATABASE_URL names."""

import os

from config.environment import SQLITE, SQLITE_OPTIONS, VAR
from config.settings.base import *  # noqa: F403
from credentials.record.log.signed_note import SEED_SIZE, Signer

VAR.mkdir(exist_ok=True)

# Playwright's synchronous API runs an event loop in the test's thread; the ORM may still be used.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

DEBUG = False
SECRET_KEY = "insecure-but-only-for-tests-" + "0123456789" * 3
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
BASE_URL = WAGTAILADMIN_BASE_URL = WAGTAILAPI_BASE_URL = "http://testserver"
SERVE_MEDIA = True
CREDENCE |= {  # noqa: F405
    "RECORD_KEY": Signer("testserver/record", b"t" * SEED_SIZE).as_text,
    "SEAL_AFTER_COMMIT": False,  # tests seal when they say so
}
MEDIA_ROOT = str(VAR / "test-media")
STORAGES["appeals"]["OPTIONS"]["location"] = str(VAR / "test-appeals")  # noqa: F405

INSTALLED_APPS = [
    *INSTALLED_APPS,  # noqa: F405
    "django_migration_linter",
    "tests.workflows.new_kind",  # a kind of stage of a project's own
]
MIGRATION_LINTER_OPTIONS = {
    "include_apps": ["credentials", "workflows", "appeals", "home"],
    "no_cache": True,
    "ignore_name": [
        # The tables they make are empty: no column can be missing.
        "0001_initial",
        "0003_cases",
        # Their new columns have defaults in the database; on SQLite the linter cannot see that.
        "0002_policy_and_agreements",
        "0004_committees",
        "0008_frozen_documents",
        "0008_reviews",
        "0009_frozen_documents",
        "0010_consent_objections",
        "0011_by_token",
        "0012_letter_templates",
        # Its tables are new, and refer to each other.
        "0013_message_templates",
    ],
}

DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405 (a lingering one would block the tear-down)
TEST_DATABASE = os.environ.get("CREDENCE_TEST_DB") or str(VAR / "test.sqlite3")
if DATABASES["default"]["ENGINE"] == SQLITE:  # noqa: F405
    # A file, not memory: the live server's threads need the same data. It need not survive a crash.
    DATABASES["default"]["TEST"] = {"NAME": TEST_DATABASE}  # noqa: F405
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS | {  # noqa: F405
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
    }

LOGGING["root"]["level"] = "WARNING"  # noqa: F405
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Serve straight from the apps: nothing is collected before a test.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
