"""One line of settings per deploy-time choice: read from the environment, refused loudly when wrong."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

WORDS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, default: bool) -> bool:
    value = env(name)
    if not value:
        return default
    if value.lower() not in WORDS:
        raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no: use 1 or 0.")
    return WORDS[value.lower()]


def env_int(name: str, default: int) -> int:
    value = env(name)
    if not value:
        return default
    if not value.isdecimal() or not value.isascii():
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.")
    return int(value)


def env_list(name: str) -> list[str]:
    return [item.strip() for item in env(name).split(",") if item.strip()]


def env_secret(name: str, *, at_least: int) -> str:
    value = env(name)
    if len(value) < at_least:
        raise ImproperlyConfigured(
            f"{name} must be set to at least {at_least} random characters when ALLOWED_HOSTS is set "
            "(python -c 'import secrets; print(secrets.token_urlsafe(50))' makes one)."
        )
    return value
