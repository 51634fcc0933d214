"""Settings of the benchmark's server: the site's, as in production, plus the APIs to compare with.

HTTPS is left out: the server listens on 127.0.0.1 only, and every endpoint would pay alike.
"""

from pathlib import Path

from django.core.management.utils import get_random_secret_key

from config.settings.base import *  # noqa: F403
from config.settings.base import INSTALLED_APPS, STATIC_ROOT, STORAGES, WAGTAILSEARCH_BACKENDS
from credentials.record.log.signed_note import SEED_SIZE, Signer

CREDENCE["SEAL_AFTER_COMMIT"] = False  # noqa: F405 (only bench.verification seals, by itself)
CREDENCE["RECORD_KEY"] = Signer("bench/record", b"b" * SEED_SIZE).as_text  # noqa: F405
DEBUG = False
SECRET_KEY = get_random_secret_key()
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
ROOT_URLCONF = "bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.api.v2", "rest_framework"]
# Names of static files without their hashes: none is asked for, and none need be collected.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # nothing in it is asked for
WAGTAILSEARCH_BACKENDS["default"]["AUTO_UPDATE"] = False  # search is not measured yet
LOGGING["root"]["level"] = "ERROR"  # noqa: F405 (no line per request, for any endpoint)
