"""What an API answers to browsers that ask before they send.

Source: API Gateway Developer Guide, "Configure CORS for HTTP APIs in API Gateway".
"""

from __future__ import annotations

import re

from labs.grading.gateway.routes.key import METHODS
from labs.grading.gateway.routes.model import Cors
from labs.grading.said import joined, say
from labs.grading.settings_parts import Parts

STAR = "*"
ORIGIN = re.compile(r"https?://(\*|[a-z0-9.-]+(:\d{1,5})?)")


def read_cors(top: Parts) -> Cors | None:
    if top.values.get("CorsConfiguration") is None:
        return None
    parts = top.inner("CorsConfiguration")
    parts.know("AllowOrigins", "AllowMethods", "AllowHeaders", "AllowCredentials",
               "ExposeHeaders", "MaxAge")  # fmt: skip
    parts.texts("ExposeHeaders")
    parts.flag("AllowCredentials", False)
    parts.number("MaxAge", 0, -1, 86_400)
    return Cors(
        read_origins(parts),
        read_methods(parts),
        frozenset(one.lower() for one in parts.texts("AllowHeaders")),
        parts.path,
    )


def read_origins(parts: Parts) -> tuple[str, ...]:
    origins = parts.texts("AllowOrigins")
    for one in origins:
        if one != STAR and not ORIGIN.fullmatch(one):
            words = say(
                "Write {origin} as a browser sends it: https:// and the host, without a path, "
                "and without stars in the name.",
                origin=one[:80],
            )
            parts.note("origin-form", words, "AllowOrigins")
            break
    return origins


def read_methods(parts: Parts) -> frozenset[str]:
    methods = parts.texts("AllowMethods")
    if wrong := [one for one in methods if one not in (STAR, *METHODS)]:
        words = say("Write {method} as one of these: {methods}.", method=wrong[0][:40],
                    methods=joined((STAR, *METHODS), ", "))  # fmt: skip
        parts.note("form", words, "AllowMethods")
    return frozenset(methods)


def origin_allowed(cors: Cors, origin: str) -> bool:
    """`https://*` stands for every origin that begins with https://."""
    return any(
        one in (STAR, origin) or (one.endswith("//*") and origin.startswith(one[:-1]))
        for one in cors.origins
    )


def headers_missing(cors: Cors, headers: tuple[str, ...]) -> tuple[str, ...]:
    """A star stands for every header but Authorization (Fetch Standard, "CORS-preflight fetch":
    the "CORS non-wildcard request-header name")."""
    return tuple(
        one
        for one in headers
        if one not in cors.headers and (STAR not in cors.headers or one == "authorization")
    )
