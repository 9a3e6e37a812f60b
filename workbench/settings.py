"""All settings, in one file. What differs between installations is read from the environment."""

from __future__ import annotations

from pathlib import Path

from pghistory import DeleteEvent, InsertEvent, UpdateEvent

from workbench import environment as env
from workbench.caching import caches_in
from workbench.postgresql.patience import VANISHED

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("WORKBENCH_DATA", str(BASE_DIR / "var")))

SECRET_KEY = env.text("WORKBENCH_SECRET_KEY")
DEBUG = env.flag("WORKBENCH_DEBUG", default=False)
HTTPS = env.flag("WORKBENCH_HTTPS", default=False)
# What links that are printed begin with; pages take the address that they are asked under.
BASE_URL = env.text("WORKBENCH_BASE_URL", "http://localhost:8000")
ALLOWED_HOSTS = env.words("WORKBENCH_ALLOWED_HOSTS", default="localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("WORKBENCH_TRUSTED_ORIGINS", default="") if HTTPS else []

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "rest_framework",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "annotations",
]

MIDDLEWARE = [
    "workbench.headers.SecurityHeaders",
    "workbench.measuring.Measured",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # for browsers without the policy
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "annotations.api.straight.Straight",
    "workbench.sessions.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "workbench.people.People",
    "allauth.account.middleware.AccountMiddleware",
    "workbench.replicas.Noted",
    "annotations.pages.refusals.RefusalPages",
    "workbench.history.WhoChanged",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "workbench.urls"
WSGI_APPLICATION = "workbench.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the apps' own: the administration wears the product's look.
        "DIRS": [BASE_DIR / "annotations" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            # Django's tags and filters of these names, of which a long list asks hundreds.
            "libraries": {"i18n": "workbench.rendering.i18n"},
            "builtins": ["workbench.rendering.addresses", "workbench.rendering.dates"],
        },
    },
]

_address = env.database("DATABASE_URL")
DATABASES = {
    "default": {
        "ENGINE": "workbench.postgresql",
        **_address,
        "OPTIONS": {
            **VANISHED,
            **_address["OPTIONS"],
            **env.statement_limit(_address["OPTIONS"]),
            "prepare_threshold": 5 if env.flag("WORKBENCH_PREPARED", default=True) else None,
            "pool": env.pool(),
        },
    }
}
# Behind the views that say so, see workbench/replicas.py.
if env.secret("WORKBENCH_READ_DATABASE_URL"):
    DATABASES["replica"] = env.replica("WORKBENCH_READ_DATABASE_URL", of=DATABASES["default"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "annotations.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "name", "email")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
ACCOUNT_ADAPTER = "annotations.pages.adapters.Accounts"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
MFA_ADAPTER = "annotations.pages.adapters.SecondFactors"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # clocks half a minute apart
SOCIALACCOUNT_ADAPTER = "annotations.pages.adapters.Identities"
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_STORE_TOKENS = False
IDENTITIES_OPEN = env.flag("WORKBENCH_OIDC_OPEN", default=False)
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": env.identity_providers()}}
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
SESSION_ENGINE = "workbench.kept_sessions"
ACCOUNT_SESSION_COOKIE_AGE = SESSION_COOKIE_AGE = 14 * 24 * 3600
# Over HTTPS the names forbid that a neighbouring host plants one of them.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
    f"{'__Host-' * HTTPS}{name}" for name in ("sessionid", "csrftoken")
)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "annotations.pages.refusals.csrf_failed"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# HSTS, the redirect and the cookies: one setting turns them on together, and workbench/checks.py asks
# for that one wherever the page is not for this machine alone.
SILENCED_SYSTEM_CHECKS = [
    "templates.W003",  # of `i18n` above, which is meant; a test sees that it is of no other
    *([] if HTTPS else [f"security.W0{number}" for number in ("04", "08", "10", "16")]),
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 10_000
FILE_UPLOAD_HANDLERS = ["workbench.uploads.OneSpool"]
# What is built from releases is kept so long, and so much of it; it is built again when asked for.
RELEASE_CACHE_DAYS = env.whole("WORKBENCH_RELEASE_CACHE_DAYS", default=30)
RELEASE_CACHE_BYTES = env.whole("WORKBENCH_RELEASE_CACHE_BYTES", default=20 * 1024**3)
IMPORT_MAX_FILE_BYTES = env.whole("WORKBENCH_IMPORT_MAX_FILE_BYTES", default=32 * 1024 * 1024)

# Without a folder no backup is taken by itself; see `workbench backup --help`.
BACKUP_DIR = env.text("WORKBENCH_BACKUP_DIR", "")
BACKUP_EVERY = env.whole("WORKBENCH_BACKUP_EVERY", default=24)  # hours
BACKUP_KEEP_DAILY = env.whole("WORKBENCH_BACKUP_KEEP_DAILY", default=7)
BACKUP_KEEP_WEEKLY = env.whole("WORKBENCH_BACKUP_KEEP_WEEKLY", default=5)
PROOF_DAYS = env.whole("WORKBENCH_PROOF_DAYS", default=30)  # until a proven restore is too old

# How often one may ask: so many at once, and again in so many seconds; 0 is no limit.
LIMITS = {
    "usual": env.rate("WORKBENCH_LIMIT_USUAL", default="3000/60"),  # a token
    "costly": env.rate("WORKBENCH_LIMIT_COSTLY", default="120/60"),  # a person
    "wrong": env.rate("WORKBENCH_LIMIT_WRONG", default="60/60"),  # tokens and links, an address
}
# So many proxies of ours stand before the server and say in X-Forwarded-For who asks.
PROXIES = env.whole("WORKBENCH_PROXIES", default=0)

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "annotations" / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = env.text("WORKBENCH_TIME_ZONE", "UTC")
USE_TZ = True

STATIC_URL = "/static/"
CACHES = caches_in(DATA_DIR)
STATIC_ROOT = Path(env.text("WORKBENCH_STATIC_ROOT", str(DATA_DIR / "static")))
_plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _plain if DEBUG else "workbench.static.HashedModules"},
}

# Reading changes nothing, so nobody has to be looked up for the audit trail then.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PGHISTORY_DEFAULT_TRACKERS = (InsertEvent(), UpdateEvent(), DeleteEvent())

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_WORKER_DEFAULTS = {
    "listen_notify": env.flag("WORKBENCH_LISTEN", default=True),
    "fetch_job_polling_interval": 5.0 if env.flag("WORKBENCH_LISTEN", default=True) else 0.5,
}
PROCRASTINATE_IMPORT_PATHS = [
    f"annotations.jobs.{name}"
    for name in ("adjudication", "backups", "imports", "releases", "stories", "upkeep")
]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotations.api.authentication.BearerToken",
        "annotations.api.authentication.BrowserSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "annotations.api.authentication.Scope",
        "annotations.api.asking.Described",
    ],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_THROTTLE_CLASSES": ["annotations.api.throttling.Limits"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["annotations.api.parsing.CleanJSONParser"],
    "EXCEPTION_HANDLER": "annotations.api.problems.answer",
    "UNAUTHENTICATED_USER": None,
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"scrubbed": {"()": "workbench.logs.Scrubbed"}},
    "formatters": {
        "lines": {"()": "workbench.logs.Lines"},
        "json": {"()": "workbench.logs.Objects"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["scrubbed"],
            "formatter": env.one_of("WORKBENCH_LOG_FORMAT", "lines", "json"),
        }
    },
    "root": {"handlers": ["stderr"], "level": env.text("WORKBENCH_LOG_LEVEL", "WARNING")},
}
METRICS_TOKEN = env.secret("WORKBENCH_METRICS_TOKEN")
