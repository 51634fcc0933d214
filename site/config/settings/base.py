"""Settings shared by every environment. Services and secrets come from environment variables."""

from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from config import environment
from config.environment import ROOT, VAR, env

BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")

# The institution. Apps read it through `settings.CREDENCE`, so it can be any other one.
CREDENCE: dict[str, Any] = {
    "INSTITUTION_NAME": env.str("INSTITUTION_NAME", default="Lakeshore University"),
    "INSTITUTION_URL": env.str("INSTITUTION_URL", default="https://lakeshore.example"),
    "CONTACT_EMAIL": env.str("CONTACT_EMAIL", default="credentials@lakeshore.example"),
    "PRIMARY_COLOUR": env.str("PRIMARY_COLOUR", default="#0b4f6c"),
    "ACCENT_COLOUR": env.str("ACCENT_COLOUR", default="#a8481a"),
    "CLIENT_ADDRESS_HEADER": env.str("CLIENT_ADDRESS_HEADER", default=""),
    "UPLOAD_SCANNER": env.str("UPLOAD_SCANNER", default=""),
    "RECORD_ORIGIN": env.str("RECORD_ORIGIN", default=f"{urlsplit(BASE_URL).netloc}/record"),
    "RECORD_KEY": env.str("RECORD_KEY", default=""),
    "RECORD_KEY_FILE": env.str("RECORD_KEY_FILE", default=""),
    "SEAL_AFTER_COMMIT": env.bool("SEAL_AFTER_COMMIT", default=True),
    "OFFICES": {
        "department": env.str("OFFICE_DEPARTMENT", default="Continuous Learning Department"),
        "committee": env.str(
            "OFFICE_COMMITTEE", default="Micro-credentials and Continuous Learning Committee"
        ),
        "deputy_provost": env.str("OFFICE_APPEALS", default="Office of the Deputy Provost"),
    },
}

# Applications

INSTALLED_APPS = [
    "home",
    "appeals",
    "workflows",
    "credentials",
    "wagtail_modeladmin",
    "simple_history",
    "wagtail.contrib.frontend_cache",  # purges nothing until FRONTEND_CACHE_URL is set
    "wagtail.contrib.redirects",
    "wagtail.api.v3",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "corsheaders",
    "ninja",  # serves the API documentation's assets from here rather than from a CDN
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

# Not Django's LocaleMiddleware: it adds `Vary: Accept-Language` to every response, the public API's
# too. Wagtail's admin follows each user's own choice of language without it.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "credentials.doors.middleware.DoorMiddleware",  # before whatever reads a cookie or a form
    "django.contrib.sessions.middleware.SessionMiddleware",
    "home.language.PublicLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "credentials.context_processors.institution",
            ],
        },
    },
]

# Services

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": environment.cache()}

TASKS_BACKEND = env.str("TASKS_BACKEND", default="django_tasks.backends.immediate.ImmediateBackend")
TASKS = {"default": {"BACKEND": TASKS_BACKEND}}
if (tasks_app := TASKS_BACKEND.partition(".")[0]) not in INSTALLED_APPS:
    INSTALLED_APPS.append(tasks_app)  # such as django_tasks_db, which brings its own tables

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default=f"credence@{urlsplit(BASE_URL).hostname}"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Files

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR / "static"))()
STATICFILES_DIRS = [ROOT / "site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR / "media"))()
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=False)
STORAGES: dict[str, dict[str, Any]] = {
    "default": environment.media_storage(),
    "appeals": environment.appeals_storage(),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # editing forms with many inline panels are long

# Language and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "America/Toronto"
USE_I18N = True
USE_TZ = True

# Sign-in

LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]

# The catalogue is public: any site may read it, none may send credentials with the request.
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_EXPOSE_HEADERS = ["ETag", "Last-Modified", "Link", "Retry-After"]
CORS_URLS_REGEX = r"^/(api/v1/|\.well-known/|record/(checkpoint|key|tile/))"

# Wagtail

WAGTAIL_SITE_NAME = "Credence"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILAPI_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = False
# Agreements are signed by whom an address names, so nobody changes their own (MC-6).
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_FINISH_WORKFLOW_ACTION = "workflows.proposals.finish.finish_workflow"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILSEARCH_BACKENDS = {"default": environment.search()}
WAGTAILFRONTENDCACHE = environment.frontend_cache()
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # every download passes the permission check
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# Editors' browsers and e-mail addresses are not shown to third parties.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

# Logs go to standard output: a path and a status, never form data, addresses or names.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "line",
        },
    },
    "root": {"handlers": ["stdout"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Django's own default also mails errors, with request data; `handlers: []` turns that off.
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
