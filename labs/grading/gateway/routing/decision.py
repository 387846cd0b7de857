"""What becomes of one request: its stage, its route, whether the route lets it in, and whether the
function does.

Sources: API Gateway Developer Guide, "Create routes for HTTP APIs in API Gateway" ("Routing API
requests"), "Control access to HTTP APIs with JWT authorizers in API Gateway", "Control access to
HTTP APIs with IAM authorization in API Gateway", "Configure CORS for HTTP APIs in API Gateway".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from labs.grading.gateway.routes.cors import STAR, headers_missing, origin_allowed
from labs.grading.gateway.routes.key import Key, Variable
from labs.grading.gateway.routes.model import (
    DEFAULT_STAGE,
    IAM,
    NONE,
    Api,
    Cors,
    Route,
    Surroundings,
)
from labs.grading.gateway.routes.permissions import INVOKE, SERVICE
from labs.grading.gateway.routing.request import SIGNED, TOKEN, Caller, Request
from labs.grading.iam.decision.evaluation import Policies
from labs.grading.iam.decision.requests import Request as IamRequest

SERVED, STOPPED, UNSURE = "served", "stopped", "unsure"


@dataclass(frozen=True, slots=True)
class Result:
    """`status` of what was stopped: 401, 403, 404, or 500 where the function lets nobody in.
    `values`: what the path's variables hold. `routes`: those that had a say, for explanations."""

    kind: str
    target: str = ""
    status: int = 0
    values: tuple[tuple[str, str], ...] = ()
    routes: tuple[Route, ...] = ()


MISSING = Result(STOPPED, status=404)


def staged(api: Api, segments: Sequence[str]) -> tuple[str, ...] | None:
    """The path behind the stage; None where no stage takes the request. A stage is named by the
    first part of the path; whatever names none goes to the stage $default."""
    if segments and segments[0] in api.stages and segments[0] != DEFAULT_STAGE:
        return tuple(segments[1:])
    return tuple(segments) if DEFAULT_STAGE in api.stages else None


def selected(routes: Sequence[Route], method: str, path: Sequence[str]) -> tuple[Route, ...]:
    """The route that gets the request: a full match of method and path, then one with a greedy
    variable, then `$default`. Several where the guide does not say which of them is more specific;
    none: 404."""
    return of_method([one for one in routes if one.key.takes_path(path)], method)


def of_method(routes: Sequence[Route], method: str) -> tuple[Route, ...]:
    """`selected` of those that take the path."""
    fitting = [one for one in routes if one.key.takes_method(method)]
    if len(fitting) < 2:
        return tuple(fitting)
    first = min(rank_of(one.key) for one in fitting)
    return most_specific([one for one in fitting if rank_of(one.key) == first])


def rank_of(key: Key) -> int:
    if key.is_default:
        return 2
    return 1 if key.is_greedy else 0


def most_specific(found: Sequence[Route]) -> tuple[Route, ...]:
    return tuple(one for one in found if not any(above(other.key, one.key) for other in found))


def above(one: Key, other: Key) -> bool:
    """Is `one` more specific in something and less in nothing?"""
    return narrower(one, other) and not narrower(other, one)


def narrower(one: Key, other: Key) -> bool:
    """As narrow at least, where both take a request: the method, and each part of the path."""
    if one.method != other.method and one.method == "ANY":
        return False
    if len(one.fixed) < len(other.fixed):
        return False
    pairs = zip(one.fixed, other.fixed, strict=False)
    return all(isinstance(theirs, Variable) or mine == theirs for mine, theirs in pairs)


def refusal_of(route: Route, api: Api, caller: Caller) -> int:
    """The status with which the route's authorization refuses the caller; 0: it lets them in."""
    if route.authorization == NONE:
        return 0
    if route.authorization == IAM:
        return 0 if caller.kind == SIGNED else 403
    authorizer = api.authorizers[route.authorizer]
    if caller.kind != TOKEN or caller.expired or caller.issuer != authorizer.issuer:
        return 401
    if caller.audience not in authorizer.audience:
        return 401
    return 403 if route.scopes and not route.scopes & caller.scopes else 0


def invokes(api: Api, route: Route, method: str, around: Surroundings) -> bool:
    """Does the function let the API in, for this route? Decided by the IAM engine. The source is
    the stage, the method and the route's own path; of an ANY route both ways of naming the method
    must be allowed."""
    if api.policies is None or route.target not in around.functions:
        return True
    asked = (route.path, method)
    if asked not in api.memo:
        api.memo[asked] = asks_the_function(api, route, method, around)
    return api.memo[asked]


def asks_the_function(api: Api, route: Route, method: str, around: Surroundings) -> bool:
    methods = dict.fromkeys((method, route.key.method or method))
    return all(
        may_invoke(api, route.target, source_of(route.key, one, stage, around), around)
        for stage in api.stages
        for one in methods
    )


def source_of(key: Key, method: str, stage: str, around: Surroundings) -> str:
    if key.is_default:
        return around.source_arn(f"{stage}/$default")
    return around.source_arn(f"{stage}/{method}{key.text.partition(' ')[2]}")


def may_invoke(api: Api, function: str, source: str, around: Surroundings) -> bool:
    policy = (api.policies or {}).get(function)
    account = source.split(":")[4]
    keys = {"aws:SourceArn": source, "aws:SourceAccount": account}
    asked = IamRequest(SERVICE, INVOKE, around.function_arn(function), keys)
    return Policies(resource=policy).decide(asked).allowed


def decide(api: Api, request: Request, around: Surroundings) -> Result:
    """What becomes of a request that is no preflight."""
    path = staged(api, request.segments)
    routes = selected(api.routes, request.method, path) if path is not None else ()
    return result_of(routes, api, request, path or (), around)


def result_of(
    routes: Sequence[Route],
    api: Api,
    request: Request,
    path: Sequence[str],
    around: Surroundings,
) -> Result:
    """`routes`: those that get it. Of several that do the same any will do."""
    results = [result_by(one, api, request, path, around) for one in routes]
    if not results:
        return MISSING
    plain = {(one.kind, one.kind == SERVED and (one.target, one.values)) for one in results}
    return results[0] if len(plain) == 1 else Result(UNSURE, routes=tuple(routes))


def result_by(
    route: Route, api: Api, request: Request, path: Sequence[str], around: Surroundings
) -> Result:
    if status := refusal_of(route, api, request.caller):
        return Result(STOPPED, status=status, routes=(route,))
    if not invokes(api, route, request.method, around):
        return Result(STOPPED, route.target, 500, routes=(route,))
    values = tuple(sorted(route.key.bound(path).items()))
    return Result(SERVED, route.target, values=values, routes=(route,))


@dataclass(frozen=True, slots=True)
class Preflight:
    """Whether a browser goes on after it has asked. `reason`: what it misses."""

    goes_on: bool
    reason: str = ""
    detail: str = ""
    routes: tuple[Route, ...] = ()


def preflight(api: Api, request: Request, headers: tuple[str, ...]) -> Preflight:
    path = staged(api, request.segments)
    routes = selected(api.routes, "OPTIONS", path) if path is not None else ()
    return asked_by(path, routes) or answered_by(api.cors, request, headers)


def asked_by(path: Sequence[str] | None, routes: tuple[Route, ...]) -> Preflight | None:
    """What stops every browser there. OPTIONS carries no token: a route that takes it and asks for
    one does. Without such a route API Gateway answers by itself."""
    if path is None:
        return Preflight(False, "stage")
    if any(one.authorization != NONE for one in routes):
        return Preflight(False, "authorizer", routes=routes)
    return None


def answered_by(cors: Cors | None, request: Request, headers: tuple[str, ...]) -> Preflight:
    if cors is None:
        return Preflight(False, "no-cors")
    if not origin_allowed(cors, request.origin):
        return Preflight(False, "origin", request.origin)
    if not {STAR, request.method} & cors.methods:
        return Preflight(False, "method", request.method)
    if missing := headers_missing(cors, headers):
        return Preflight(False, "header", missing[0])
    return Preflight(True)
