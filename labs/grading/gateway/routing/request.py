"""One request to an HTTP API: what is asked for, and who asks; and how one says it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from labs.grading.listing import listed_with_and
from labs.grading.said import say

NOBODY, TOKEN, SIGNED = "nobody", "token", "signed"
PATH = re.compile(r"/|(/[A-Za-z0-9._~$@:+=,;!-]+)+")
MOST_PATH = 12  # segments


@dataclass(frozen=True, slots=True)
class Caller:
    """`kind`: without anything, with a token, or signed by somebody who may invoke the API."""

    kind: str = NOBODY
    issuer: str = ""
    audience: str = ""
    scopes: frozenset[str] = frozenset()
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """`origin`: a browser asks first whether this page may send the request, with `headers`."""

    method: str
    segments: tuple[str, ...]
    caller: Caller = Caller()
    origin: str = ""

    @property
    def path(self) -> str:
        return "/" + "/".join(self.segments)

    @property
    def line(self) -> str:
        return f"{self.method} {self.path}"


def read_segments(path: str) -> tuple[str, ...]:
    """ValueError where it is no plain path."""
    found = tuple(path[1:].split("/")) if path != "/" else ()
    if not PATH.fullmatch(path) or len(found) > MOST_PATH:
        raise ValueError(f"{path} is not a path such as /orders/7, without a slash at its end")
    return found


def request_words(request: Request, usual: Caller | None) -> str:
    """`GET /orders/7 without a token`. `usual`: whose issuer and audience need no word."""
    if request.origin:
        return say("{request} from a page of {origin}", request=request.line, origin=request.origin)
    return filled_in(request.line, request.caller, usual)


def filled_in(line: str, caller: Caller, usual: Caller | None) -> str:
    if caller.kind == NOBODY:
        return say("{request} without a token", request=line)
    if caller.kind == SIGNED:
        return say("{request}, signed with IAM credentials that may invoke the API", request=line)
    return say("{request} with {token}", request=line, token=token_words(caller, usual))


def token_words(caller: Caller, usual: Caller | None) -> str:
    if caller.expired:
        return say("a token that has expired")
    parts = []
    if usual is None or caller.issuer != usual.issuer:
        parts.append(say("from {issuer}", issuer=caller.issuer))
    if usual is None or caller.audience != usual.audience:
        parts.append(say("for {audience}", audience=caller.audience))
    if not caller.scopes:
        parts.append(say("without a scope"))
    else:
        parts.append(say("with the scope {scopes}", scopes=listed_with_and(sorted(caller.scopes))))
    return say("a token {details}", details=listed_with_and(parts))


def as_json(request: Request) -> Mapping[str, object]:
    return {
        "method": request.method,
        "path": request.path,
        "caller": request.caller.kind,
        "origin": request.origin,
        "scopes": sorted(request.caller.scopes),
    }


def route_names(keys: Sequence[str]) -> str:
    return listed_with_and(list(keys))
