"""Development: everything works without a single variable set."""

from django.core.management.utils import get_random_secret_key

from config.environment import VAR, env
from config.settings.base import *  # noqa: F403
from config.settings.base import CREDENCE
from credentials.record.log.signed_note import Signer


def _secret_key() -> str:
    """Return this checkout's own key, made once, so that sessions survive a restart."""
    path = VAR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


def _record_key_file() -> str:
    """Return where this checkout's key of the record lies; it is made once as well."""
    path = VAR / "record_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(Signer.make(CREDENCE["RECORD_ORIGIN"]).as_text)
    return str(path)


VAR.mkdir(exist_ok=True)

DEBUG = True
SECRET_KEY = env.str("SECRET_KEY", default="") or _secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SERVE_MEDIA = True
if not CREDENCE["RECORD_KEY"] and not CREDENCE["RECORD_KEY_FILE"]:
    CREDENCE["RECORD_KEY_FILE"] = _record_key_file()

# The same static file server as in production.
INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    *INSTALLED_APPS,  # noqa: F405
]
