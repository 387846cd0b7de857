"""What `manage.py check --deploy` says about a deployment that would disappoint.
Each message names the setting."""

from __future__ import annotations

from django.conf import settings
from django.core.checks import CheckMessage, Warning

SQLITE = "django.db.backends.sqlite3"


def deployment(**_options: object) -> list[CheckMessage]:
    found = [
        (not settings.SENDS_MAIL, NO_MAIL),
        (
            settings.SENDS_MAIL and settings.DEFAULT_FROM_EMAIL.endswith("@localhost"),
            NO_SENDER,
        ),
        (settings.DATABASES["default"]["ENGINE"] == SQLITE, ONE_FILE),
        (settings.REDIS_URL.startswith("unix://"), OWN_BROKER),
        (settings.MFA_REQUIRED_FOR == "none", ONE_FACTOR),
        (settings.HTTPS and not settings.SECURE_PROXY_SSL_HEADER, NO_PROXY),
    ]
    return [message for wrong, message in found if wrong]


NO_MAIL = Warning(
    "No mail is sent: nobody can reset a password.",
    hint="Set EMAIL_HOST (and EMAIL_PORT, EMAIL_USER, EMAIL_PASSWORD, EMAIL_FROM).",
    id="portal.W001",
)
NO_SENDER = Warning(
    "Mail is sent from portal@localhost; most servers refuse it.",
    hint="Set EMAIL_FROM to an address of your own domain.",
    id="portal.W002",
)
ONE_FILE = Warning(
    "The database is one SQLite file on this machine: good for a class, not for many processes.",
    hint="Set DATABASE_URL=postgres://user:password@host/name.",
    id="portal.W003",
)
OWN_BROKER = Warning(
    "The broker is a socket on this machine: workers elsewhere cannot reach it.",
    hint="Set REDIS_URL=redis://host:6379/0.",
    id="portal.W004",
)
ONE_FACTOR = Warning(
    "Administrators, who see and change everything, and authors sign in with a password alone.",
    hint="Leave MFA_REQUIRED_FOR at administrators, or set it to instructors.",
    id="portal.W006",
)
NO_PROXY = Warning(
    "HTTPS is expected, but no proxy is trusted to say so: behind one, every page redirects to "
    "itself for ever.",
    hint="Set BEHIND_PROXY=1 when a proxy ends TLS and sets X-Forwarded-Proto and X-Forwarded-For.",
    id="portal.W005",
)
