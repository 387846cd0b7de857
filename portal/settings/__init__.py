"""The settings. The defaults run on a laptop; each deploy-time choice is one env line.

Set ALLOWED_HOSTS and this becomes a deployment: SECRET_KEY is then required and cookies, redirects
and HSTS assume HTTPS. A wrong value stops the start with a sentence.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast
from zoneinfo import available_timezones

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.contrib.messages import constants as message_levels
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from redis.backoff import NoBackoff
from redis.retry import Retry

from portal.env import (
    env,
    env_bool,
    env_choice,
    env_hidden,
    env_hosts,
    env_int,
    env_origins,
    env_texts,
    origin_of,
)
from portal.settings.base import *  # noqa: F403
from portal.settings.base import (
    ALLOWED_HOSTS,
    BASE_DIR,
    BEHIND_PROXY,
    DATA_DIR,
    HTTPS,
    REDIS_URL,
)
from portal.settings.checking import *  # noqa: F403
from portal.settings.logs import *  # noqa: F403
from portal.settings.openid import *  # noqa: F403
from portal.settings.openid import OIDC_ISSUER
from portal.settings.people import *  # noqa: F403
from portal.settings.retention import *  # noqa: F403
from portal.settings.second_factors import *  # noqa: F403

ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = env_origins("CSRF_TRUSTED_ORIGINS")
PORT = env_int("PORT", 8000)  # of `manage.py run`

INSTALLED_APPS = ["portal", "portal.audit", "portal.accounts", "portal.cohorts", "portal.reviews"]
INSTALLED_APPS += ["portal.letters", "portal.announcements", "portal.regrades", "portal.guidance"]
INSTALLED_APPS += ["portal.authoring", "portal.certificates", "labs", "labs.quiz", "lessons"]
INSTALLED_APPS += ["allauth", "allauth.account", "allauth.mfa", "allauth.socialaccount"]
INSTALLED_APPS += ["csp", "django_htmx"]
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
    "portal.operations.requests.middleware",
    "portal.middleware.refuse_large_bodies",
    "portal.middleware.refuse_other_alphabets",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.unkept",
    "portal.other_versions.middleware",
    "django.middleware.gzip.GZipMiddleware",  # pads each answer at random against BREACH
    "csp.middleware.CSPMiddleware",
    "portal.middleware.drop_unreadable_cookies",
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
    "portal.accounts.enforcement.Middleware",
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
        "OPTIONS": {
            "context_processors": context_processors,
            "builtins": ["lessons.templatetags.pieces"],
        },
    }
]

# --- Data -----------------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",  # a deferred one is refused when another wrote meanwhile
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
}
PREPARING = {"prepare_threshold": 5}  # see lessons/statements.py; Django's own cursors never do


def database() -> dict[str, object]:
    url = env("DATABASE_URL", f"sqlite:///{DATA_DIR}/portal.sqlite3")
    pooled = env_bool("DATABASE_POOLED", False)  # behind PgBouncer: a connection a transaction
    age = env_int("CONN_MAX_AGE", 0 if pooled else 60)
    try:
        config = dict(dj_database_url.parse(url, conn_max_age=age, conn_health_checks=True))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from error
    if config["ENGINE"] == "django.db.backends.sqlite3":
        return config | {"OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": 0}
    options = cast("dict[str, object]", config.get("OPTIONS", {}))
    password = env_hidden("DATABASE_PASSWORD")  # apart from the URL, so that it needs no escaping
    return config | {
        "PASSWORD": password or config["PASSWORD"],
        "DISABLE_SERVER_SIDE_CURSORS": pooled,
        "OPTIONS": options | ({} if pooled else PREPARING),
    }


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
no_retry = Retry(NoBackoff(), 0)
CACHES = {
    "default": {
        "BACKEND": "portal.cache.SoftRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal-cache",
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "retry": no_retry},
    }
}
SESSION_ENGINE = "portal.accounts.sessions"  # a session must outlive the cache
SESSION_COOKIE_AGE = env_int("SESSION_DAYS", 14, at_least=1) * 86_400  # without a visit
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
LARGEST_BODY = 1024 * 1024  # bytes, files among them: there is nothing to upload here
BODY_SECONDS = 20  # a request that has not come in by then is refused
WEB_THREADS = env_int("WEB_THREADS", 4, at_least=1)  # requests answered at once, a web process

# --- Security -------------------------------------------------------------------------------------

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
        # A form that ends at the provider's sign-in page counts as one sent there.
        "form-action": [SELF, *origin_of(OIDC_ISSUER)],
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
LEGAL_DIR = env_texts("LEGAL_DIR", "imprint.md", "privacy.md", "terms.md")  # portal/legal.py
CERTIFICATE_ISSUER = env("CERTIFICATE_ISSUER", "Learning portal")  # who says it, on certificates
STATIC_URL = "static/"
# What is taught; where authors write while it runs, folders outside the program.
NOTES_DIR = Path(env("NOTES_DIR", str(BASE_DIR / "lessons" / "notes"))).resolve()
CATALOG_DIR = Path(env("CATALOG_DIR", str(BASE_DIR / "labs" / "catalog"))).resolve()
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env("STATIC_DIR", str(DATA_DIR / "static"))).resolve()
MEDIA_ROOT = DATA_DIR / "media"
# GitHub sends on to this one whoever asks for a picture of an issue or a README.
FIGURE_HOSTS = env_hosts("FIGURE_HOSTS") or ["github-production-user-asset-6210df.s3.amazonaws.com"]
BACKUP_DIR = env("BACKUP_DIR")  # where `manage.py backups` keeps them
BACKUP_HOURS = env_int("BACKUP_HOURS", 24, at_least=1)  # from one to the next
BACKUPS_KEPT = env_int("BACKUPS_KEPT", 14, at_least=1)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MESSAGE_TAGS = {message_levels.ERROR: "danger"}
