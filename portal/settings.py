"""One settings file. The defaults run on a laptop; each deploy-time choice is one env line.

Set ALLOWED_HOSTS and this becomes a deployment: SECRET_KEY is then required and cookies, redirects
and HSTS assume HTTPS. A wrong value stops the start with a sentence.
"""

from __future__ import annotations

from pathlib import Path
from zoneinfo import available_timezones

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.contrib.messages import constants as message_levels
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from redis.backoff import NoBackoff
from redis.retry import Retry

from portal.broker import celery_url, check_redis_url, embedded_socket
from portal.env import (
    env,
    env_bool,
    env_choice,
    env_folder,
    env_hosts,
    env_int,
    env_mail_host,
    env_origins,
    env_secret,
    own_secret,
)

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env_folder("DATA_DIR", BASE_DIR / "var")  # database, broker, media: survives restarts

ALLOWED_HOSTS = env_hosts("ALLOWED_HOSTS")
DEPLOYED = bool(ALLOWED_HOSTS)
DEBUG = env_bool("DEBUG", False)
if DEBUG and DEPLOYED:
    raise ImproperlyConfigured(
        "DEBUG=1 shows secrets to visitors: unset it, or unset ALLOWED_HOSTS."
    )


SECRET_KEY = (
    env_secret("SECRET_KEY", at_least=50) if DEPLOYED else env("SECRET_KEY") or own_secret(DATA_DIR)
)
ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = env_origins("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = ["portal", "portal.accounts", "portal.cohorts", "labs", "lessons"]
INSTALLED_APPS += ["allauth", "allauth.account", "csp", "django_htmx"]
INSTALLED_APPS += [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.health.middleware",  # above everything: health needs no session and no host check
    "portal.middleware.refuse_large_bodies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.unkept",
    "django.middleware.gzip.GZipMiddleware",  # pads each answer at random against BREACH
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.toasts.middleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.middleware.LoginRequiredMiddleware",
    "portal.middleware.keep_used_session",
    "portal.accounts.language.middleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
context_processors = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "portal.context.page",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": context_processors},
    }
]

# --- Data -----------------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",  # a deferred one is refused when another wrote meanwhile
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
}


def database() -> dict[str, object]:
    url = env("DATABASE_URL", f"sqlite:///{DATA_DIR}/portal.sqlite3")
    age = env_int("CONN_MAX_AGE", 60)
    try:
        config = dict(dj_database_url.parse(url, conn_max_age=age, conn_health_checks=True))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from error
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config |= {"OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": 0}
    return config


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = check_redis_url(env("REDIS_URL", f"unix://{embedded_socket(DATA_DIR)}"))
no_retry = Retry(NoBackoff(), 0)
CACHES = {
    "default": {
        "BACKEND": "portal.cache.SoftRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal-cache",
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "retry": no_retry},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # a session must outlive the cache
SESSION_COOKIE_AGE = env_int("SESSION_DAYS", 14, at_least=1) * 86_400  # without a visit
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
LARGEST_BODY = 1024 * 1024  # bytes, files among them: there is nothing to upload here
BODY_SECONDS = 20  # a request that has not come in by then is refused
WEB_THREADS = env_int("WEB_THREADS", 4, at_least=1)  # requests answered at once, a web process

# --- People ---------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backend.Backend"]
validators = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{validators}.UserAttributeSimilarityValidator"},
    {"NAME": f"{validators}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{validators}.CommonPasswordValidator"},
    {"NAME": "portal.accounts.passwords.NotThePrintedPassword"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "day"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "signup": "portal.accounts.forms.InvitedSignupForm",
    "add_email": "portal.accounts.forms.NewAddressForm",
    "login": "portal.accounts.plain_forms.LoginForm",
    "reauthenticate": "portal.accounts.plain_forms.ReauthenticateForm",
    "change_password": "portal.accounts.plain_forms.ChangePasswordForm",
    "set_password": "portal.accounts.plain_forms.SetPasswordForm",
    "reset_password": "portal.accounts.plain_forms.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.plain_forms.ResetPasswordKeyForm",
}
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
EMAIL_HOST = env_mail_host("EMAIL_HOST", needed=DEPLOYED)
SENDS_MAIL = EMAIL_HOST not in ("", "none")
VERIFICATIONS = ["none", "optional", "mandatory"] if SENDS_MAIL or not DEPLOYED else ["none"]
verification = ("mandatory" if SENDS_MAIL else "none") if DEPLOYED else "optional"
ACCOUNT_EMAIL_VERIFICATION = env_choice("EMAIL_VERIFICATION", verification, VERIFICATIONS)
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before an address is added, made the main one, removed
ACCOUNT_MAX_EMAIL_ADDRESSES = 2  # the old and the new one, while somebody moves
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = ACCOUNT_LOGIN_ON_PASSWORD_RESET = ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
# A whole class comes from one address. What must hold without the cache: accounts/attempts.py.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip",
    "signup": "60/m/ip",
    "reset_password": "30/m/ip,5/m/key",
}
BEHIND_PROXY = env_bool("BEHIND_PROXY", False)
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
ACCOUNT_USER_DISPLAY = "portal.accounts.models.display_name"

DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EMAIL_FROM", "portal@localhost")
backend = "smtp" if SENDS_MAIL else "dummy" if DEPLOYED else "console"
EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
EMAIL_PORT = env_int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env("EMAIL_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_PASSWORD")
EMAIL_USE_TLS = env_bool("EMAIL_TLS", True)

# --- Security -------------------------------------------------------------------------------------

HTTPS = env_bool("HTTPS", DEPLOYED)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", 31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True  # forms and <body hx-headers> carry the token; no script reads it
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Pages ----------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LANGUAGE_COOKIE_AGE, LANGUAGE_COOKIE_SAMESITE = 31_536_000, "Lax"
LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SECURE = True, HTTPS
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
TIME_ZONE = env_choice(
    "TIME_ZONE", "UTC", available_timezones(), advice="a name such as Europe/Berlin"
)
USE_TZ = True
STATIC_URL = "static/"
NOTES_DIR = BASE_DIR / "lessons" / "notes"
CATALOG_DIR = BASE_DIR / "labs" / "catalog"
# A course's drawings stay in its folder; they are served as figures/<course>/….
FIGURES = [(f"figures/{path.parent.name}", path) for path in sorted(NOTES_DIR.glob("*/figures"))]
STATICFILES_DIRS = [BASE_DIR / "static", *FIGURES]
STATIC_ROOT = Path(env("STATIC_DIR", str(DATA_DIR / "static"))).resolve()
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MESSAGE_TAGS = {message_levels.ERROR: "danger"}

# --- Checking answers -----------------------------------------------------------------------------

LIVE_EVENTS = env_bool("LIVE_EVENTS", True)  # server-sent events; off where only WSGI runs
CHECK_SECONDS = env_int("CHECK_SECONDS", 10, at_least=1)  # wall clock of one check
CHECK_MEMORY_MB = env_int("CHECK_MEMORY_MB", 512, at_least=64)  # beyond the worker's own size
CHECK_TRIES = env_int("CHECK_TRIES", 3, at_least=1)  # then the submission is faulted
SWEEP_SECONDS = env_int("SWEEP_SECONDS", 5, at_least=1)
REQUEUE_SECONDS = env_int("REQUEUE_SECONDS", 30, at_least=1)
STALL_SECONDS = env_int("STALL_SECONDS", 60, at_least=1)  # rows wait, a worker idles: it leaves
SUBMISSIONS_PER_MINUTE = env_int("SUBMISSIONS_PER_MINUTE", 12, at_least=1)
OPEN_ANSWERS = env_int("OPEN_ANSWERS", 4, at_least=1)  # of one learner, waiting or being checked

CELERY_BROKER_URL = celery_url(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,  # beyond the hard limit; twice is harmless, a row is claimed
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 2,
    "socket_connect_timeout": 1,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "max_retries": 0,  # publishing fails at once; the sweeper sends the row later
    "global_keyprefix": "portal:",
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False  # the lease does this, with a counter
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = CHECK_SECONDS + 10
CELERY_TASK_TIME_LIMIT = CHECK_SECONDS + 20
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000
CELERY_TASK_IGNORE_RESULT = True  # the row is the result
CELERY_RESULT_BACKEND = None
CELERY_WORKER_ENABLE_REMOTE_CONTROL = True  # without it a worker can go deaf after a broker restart
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 25
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_DEFAULT_QUEUE = "interactive"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
LEASE_SECONDS = CELERY_TASK_TIME_LIMIT + 15

LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "debug", "info", "warning", "error"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env_choice("LOG_LEVEL", "INFO", LOG_LEVELS).upper()},
}
