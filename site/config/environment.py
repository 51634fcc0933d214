"""Reads the environment: what runs where is decided there, not in code (the twelve-factor way)."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"  # everything the site writes on this machine; never in git

env = environ.Env()

SQLITE = "django.db.backends.sqlite3"
SQLITE_OPTIONS = {
    # Take the write lock when a transaction begins: upgrading a read lock later fails at once
    # instead of waiting, however long the timeout.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
    ),
}


def database() -> dict[str, Any]:
    """Return the database named by DATABASE_URL, or a SQLite file under var/."""
    if env.str("DATABASE_URL", default=""):
        config: dict[str, Any] = dict(env.db_url("DATABASE_URL"))
    else:
        config = {"ENGINE": SQLITE, "NAME": VAR / "db.sqlite3"}
    if config["ENGINE"] == SQLITE:
        if config["NAME"] != ":memory:":
            config["NAME"] = ROOT / config["NAME"]  # an absolute path stays as it is
        config["OPTIONS"] = SQLITE_OPTIONS | config.get("OPTIONS", {})
    config["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    # A check costs each request a query, and the catalogue answers with one. Without it, a
    # connection that the database closed costs one failed request.
    config["CONN_HEALTH_CHECKS"] = env.bool("DATABASE_HEALTH_CHECKS", default=False)
    return config


def cache() -> dict[str, Any]:
    """Return the cache named by REDIS_URL, or one inside the process."""
    url = env.str("REDIS_URL", default="")
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": "credence",
    }


def search() -> dict[str, Any]:
    """Return the search engine named by SEARCH_URL, or the database's own full-text search.

    The URL names engine, server and index prefix: `opensearch3+https://search:9200/credence`.
    Engines: elasticsearch7, elasticsearch8, elasticsearch9, opensearch2, opensearch3.
    """
    url = env.str("SEARCH_URL", default="")
    if not url:
        return {"BACKEND": "wagtail.search.backends.database"}
    engine, separator, server = url.partition("+")
    if not separator:
        raise environ.ImproperlyConfigured(
            "SEARCH_URL does not name an engine: write it like opensearch3+https://host:9200/prefix"
        )
    parts = urlsplit(server)
    return {
        "BACKEND": f"wagtail.search.backends.{engine}",
        "URLS": [parts._replace(path="").geturl()],
        "INDEX_PREFIX": f"{parts.path.strip('/') or 'credence'}_",
    }


def media_storage() -> dict[str, Any]:
    """Return where uploads are kept: the bucket MEDIA_BUCKET (S3 protocol), or MEDIA_ROOT."""
    bucket = env.str("MEDIA_BUCKET", default="")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    storage = _bucket(bucket)
    # Published documents name pictures for ever: their addresses must not be signed for an hour.
    storage["OPTIONS"]["querystring_auth"] = False
    return storage


def _bucket(name: str) -> dict[str, Any]:
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": name,
            "endpoint_url": env.str("MEDIA_ENDPOINT_URL", default="") or None,
            "default_acl": "private",
            "file_overwrite": False,
        },
    }


def appeals_storage() -> dict[str, Any]:
    """Return where documents of appeals are kept: a bucket of their own, or APPEALS_ROOT.

    Never among the media: these have addresses.
    """
    bucket = env.str("APPEALS_BUCKET", default="")
    if not bucket:
        location = env.path("APPEALS_ROOT", default=str(VAR / "appeals"))()
        return {
            "BACKEND": "appeals.storage.PrivateFileStorage",
            "OPTIONS": {"location": location},
        }
    return _bucket(bucket)


def frontend_cache() -> dict[str, Any]:
    """Return the reverse proxy to purge, FRONTEND_CACHE_URL, or none."""
    url = env.str("FRONTEND_CACHE_URL", default="")
    backend = "wagtail.contrib.frontend_cache.backends.HTTPBackend"
    return {"default": {"BACKEND": backend, "LOCATION": url}} if url else {}
