"""The callers among whom every difference between authorizers shows, the plainest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from labs.grading.gateway.routes.model import Api, Authorizer
from labs.grading.gateway.routing.request import NOBODY, SIGNED, TOKEN, Caller

SOMEBODYS_ISSUER = "https://login.example.net"
SOMEBODYS_AUDIENCE = "another-app"
ANOTHER_SCOPE = "profile"


def usual_caller(expected: Api) -> Caller | None:
    """Whose issuer and audience go without saying: those of the only authorizer."""
    found = list(expected.authorizers.values())
    if len(found) == 1 and len(found[0].audience) == 1:
        return Caller(TOKEN, found[0].issuer, next(iter(found[0].audience)))
    return None


def callers_of(apis: Sequence[Api]) -> list[Caller]:
    """Nobody, then tokens of every issuer for every audience with every scope, then one that has
    expired, then a signature. One scope is enough to show a difference, for a route asks for any
    one of its own."""
    found = [Caller(NOBODY)]
    found += tokens_of(apis)
    found += [Caller(TOKEN, one.issuer, one.audience, one.scopes, True) for one in found[1:2]]
    return [*found, Caller(SIGNED)]


def tokens_of(apis: Sequence[Api]) -> Iterator[Caller]:
    authorizers = [one for api in apis for one in api.authorizers.values()]
    for issuer in (*dict.fromkeys(one.issuer for one in authorizers), SOMEBODYS_ISSUER):
        for audience in audiences_of(authorizers):
            for scope in scopes_of(apis):
                yield Caller(TOKEN, issuer, audience, frozenset((scope,)) if scope else frozenset())


def audiences_of(authorizers: Sequence[Authorizer]) -> list[str]:
    named = dict.fromkeys(name for one in authorizers for name in sorted(one.audience))
    return [*named, SOMEBODYS_AUDIENCE]


def scopes_of(apis: Sequence[Api]) -> list[str]:
    named = sorted({name for api in apis for route in api.routes for name in route.scopes})
    return ["", *named, ANOTHER_SCOPE]
