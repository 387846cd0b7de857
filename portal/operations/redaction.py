"""Secrets stay out of log lines, error reports and traces.

Three nets: what the settings hold, what the request of the moment brought (its cookies, the fields
of its form that are secret, the keys in its address), and what looks like a secret by its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import HttpRequest

HIDDEN = "[hidden]"
SHORTEST = 6  # characters; hiding every "a" would hide everything
SECRET_NAME = re.compile(r"pass|secret|token|code|csrf|session|otp|^key$|^uidb36$", re.I)
# Each word is begun once, at its start, and never read twice: an address of 64 kB would otherwise
# cost seconds.
PLACES = re.compile(
    r"(?<![\w-])[\w-]++:[A-Za-z0-9]{6}:[\w-]{43}\b"  # by django.core.signing
    r"|(?P<path>/(?:reset/key|confirm-email|events)/)[^\s/?\"'<>]+"
    r"|(?P<url>(?<![a-z+])[a-z+]++://[^\s:/@]*+:)[^\s@/]++(?=@)"
    r"|(?P<pair>\b(?:sessionid|csrf\w*+|\w{0,30}password\w{0,30}+|token|code|key|otp)"
    r"['\"]?\s?[=:]\s?\[?['\"]?)"
    r"(?<!code: )(?<!key: )[^\s&;,'\"<>]{6,}",
    re.I,
)

serving: ContextVar[HttpRequest | None] = ContextVar("serving", default=None)


def scrub(text: str) -> str:
    """`text` without secrets."""
    for secret in (*secrets_of_the_request(), *secrets_of_the_settings()):
        text = text.replace(secret, HIDDEN)
    return PLACES.sub(hide, text)


def hide(found: re.Match[str]) -> str:
    return f"{found['path'] or found['url'] or found['pair'] or ''}{HIDDEN}"


def scrub_all(value: Any) -> Any:
    """The same in everything that JSON can hold; under a secret name all is hidden."""
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, Mapping):
        return {name: scrub_all(kept(name, item)) for name, item in value.items()}
    return [scrub_all(item) for item in value] if isinstance(value, list | tuple) else value


def kept(name: object, item: object) -> object:
    is_secret = isinstance(name, str) and isinstance(item, str) and SECRET_NAME.search(name)
    return HIDDEN if is_secret else item


@lru_cache(maxsize=1)
def secrets_of_the_settings() -> tuple[str, ...]:
    redis, sentry = urlsplit(settings.REDIS_URL), urlsplit(settings.SENTRY_DSN)
    passwords = [settings.DATABASES["default"].get("PASSWORD"), redis.password, sentry.username]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return long_ones([*keys, settings.EMAIL_HOST_PASSWORD, *passwords])


def secrets_of_the_request() -> tuple[str, ...]:
    request = serving.get()
    return () if request is None else long_ones(brought_by(request))


def long_ones(secrets: Iterable[object]) -> tuple[str, ...]:
    """The longest first: one may be a part of another. As they are, and as an address has them."""
    found = {secret for secret in secrets if isinstance(secret, str) and len(secret) >= SHORTEST}
    found |= {quote(secret) for secret in found}
    return tuple(sorted(found, key=len, reverse=True))


def brought_by(request: HttpRequest) -> Iterator[object]:
    """Nothing is read for this that was not read before: neither the body nor the session."""
    yield request.META.get("HTTP_AUTHORIZATION")
    yield request.META.get("HTTP_X_CSRFTOKEN")
    yield request.META.get("CSRF_COOKIE")
    yield getattr(getattr(request, "session", None), "session_key", None)
    of_the_address: Mapping[str, object] = getattr(request.resolver_match, "kwargs", {})
    for named in (request.COOKIES, of_the_address):
        yield from (named[name] for name in filter(SECRET_NAME.search, named))
    for fields in (request.GET, request.__dict__.get("_post", {})):
        for name in filter(SECRET_NAME.search, fields):
            yield from fields.getlist(name)
