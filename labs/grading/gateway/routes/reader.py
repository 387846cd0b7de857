"""A document → an HTTP API, with everything that API Gateway would refuse.

    Routes:                                  Authorizers:
      - RouteKey: GET /orders/{id}             customers:
        Target: integrations/orders              AuthorizerType: JWT
        AuthorizationType: JWT                   JwtConfiguration:
        AuthorizerId: customers                    Issuer: https://…
        AuthorizationScopes: [orders/read]         Audience: [shop-app]
    CorsConfiguration:                       Stages: [$default]
      AllowOrigins: [https://…]              Permissions:
      AllowMethods: [GET]                      - FunctionName: orders
      AllowHeaders: [authorization]              SourceArn: arn:aws:execute-api:…

A list of routes alone, and what `aws apigatewayv2 get-routes` prints (`Items`), are read as well.
Sources: API Gateway V2 API Reference, "CreateRoute", "CreateAuthorizer", "Cors"; Lambda API
Reference, "AddPermission".
"""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.gateway.routes.cors import read_cors
from labs.grading.gateway.routes.key import BadKey, Key, read_key
from labs.grading.gateway.routes.model import (
    DEFAULT_STAGE,
    IAM,
    JWT,
    NONE,
    Api,
    Authorizer,
    Route,
    Surroundings,
)
from labs.grading.gateway.routes.permissions import read_permissions
from labs.grading.refusal import Refusal
from labs.grading.said import say
from labs.grading.settings_parts import Parts

AREA = "routes"
MOST_ROUTES, MOST_AUTHORIZERS, MOST_STAGES = 40, 6, 6
PRINTED = ("RouteId", "ApiKeyRequired", "ApiGatewayManaged", "OperationName", "ApiId")


@dataclass(frozen=True, slots=True)
class ReadApi:
    found: Api
    notes: tuple[Refusal, ...]


def read_api(value: object, around: Surroundings) -> ReadApi:
    """`value`: what YAML or JSON holds. Without notes it can be routed by."""
    top = Parts(as_object(value), (), AREA)
    top.know("Routes", "Items", "Authorizers", "CorsConfiguration", "Stages", "Permissions")
    authorizers = read_authorizers(top.inner("Authorizers"))
    routes = read_routes(top, around, tuple(authorizers))
    api = Api(routes, authorizers, read_cors(top), read_stages(top), read_permissions(top, around))
    return ReadApi(api, tuple(top.notes))


def as_object(value: object) -> dict[str, object]:
    if isinstance(value, dict):
        return value
    return {"Routes": value} if isinstance(value, list) else {}


def read_routes(
    top: Parts, around: Surroundings, authorizers: tuple[str, ...]
) -> tuple[Route, ...]:
    name = "Items" if "Items" in top.values else "Routes"
    items = top.items(name)
    if not 0 < len(items) <= MOST_ROUTES:
        words = say("Write 1 to {most} routes below Routes.", most=MOST_ROUTES)
        top.note("form", words, name if name in top.values else "")
        return ()
    found: dict[str, Route] = {}
    for parts in items:
        route = read_route(parts, around, authorizers)
        if route is None:
            continue
        if route.key.text in found:
            words = say("Take one of both out: {key} is here twice.", key=route.key.text)
            parts.note("key-twice", words, "RouteKey")
        found.setdefault(route.key.text, route)
    return tuple(found.values())


def read_route(parts: Parts, around: Surroundings, authorizers: tuple[str, ...]) -> Route | None:
    parts.know("RouteKey", "Target", "AuthorizationType", "AuthorizerId", "AuthorizationScopes",
               passed_over=PRINTED)  # fmt: skip
    key = read_route_key(parts)
    kind = parts.choice("AuthorizationType", NONE, (NONE, JWT, IAM))
    route = Route(
        key or Key(""),
        read_target(parts, around.targets),
        parts.path,
        kind,
        read_authorizer_name(parts, authorizers) if kind == JWT else "",
        frozenset(parts.texts("AuthorizationScopes")) if kind == JWT else frozenset(),
    )
    return route if key else None


def read_route_key(parts: Parts) -> Key | None:
    try:
        return read_key(parts.text("RouteKey"))
    except BadKey as error:
        parts.note("key-form", error.args[0], "RouteKey" if "RouteKey" in parts.values else "")
        return None


def read_target(parts: Parts, targets: tuple[str, ...]) -> str:
    """`integrations/orders`, `orders`, or the ARN of the function."""
    text = parts.text("Target")
    if text in targets:
        return text
    name = text.removesuffix("/invocations").replace(":", "/").rpartition("/")[2]
    if name in targets:
        return name
    words = say("Send the route to one of these: {names}.", names=", ".join(targets))
    parts.note("unknown-name", words, "Target" if "Target" in parts.values else "")
    return ""


def read_authorizer_name(parts: Parts, authorizers: tuple[str, ...]) -> str:
    name = parts.text("AuthorizerId")
    if name in authorizers:
        return name
    words = (
        say("Name an authorizer behind AuthorizerId: {names}.", names=", ".join(authorizers))
        if authorizers
        else say("Write the authorizer below Authorizers, and its name behind AuthorizerId.")
    )
    parts.note("unknown-name", words, "AuthorizerId" if "AuthorizerId" in parts.values else "")
    return ""


def read_authorizers(given: Parts) -> dict[str, Authorizer]:
    if len(given.values) > MOST_AUTHORIZERS:
        given.note("form", say("Write at most {most} of these.", most=MOST_AUTHORIZERS))
        return {}
    return {name: read_authorizer(given.inner(name)) for name in given.values}


def read_authorizer(parts: Parts) -> Authorizer:
    parts.know("AuthorizerType", "IdentitySource", "JwtConfiguration", "Name",
               passed_over=("AuthorizerId",))  # fmt: skip
    parts.choice("AuthorizerType", JWT, (JWT,))
    sources = parts.texts("IdentitySource") or ("$request.header.Authorization",)
    if [one.lower() for one in sources] != ["$request.header.authorization"]:
        words = say("Write $request.header.Authorization: that is where the tokens are.")
        parts.note("form", words, "IdentitySource")
    jwt = parts.inner("JwtConfiguration")
    jwt.know("Issuer", "Audience")
    issuer, audience = jwt.text("Issuer"), frozenset(jwt.texts("Audience"))
    if not issuer.startswith("https://") or not audience:
        words = say("Give the authorizer an Issuer, which begins with https://, and an Audience.")
        parts.note("form", words, "JwtConfiguration" if "JwtConfiguration" in parts.values else "")
    return Authorizer(issuer, audience, parts.path)


def read_stages(top: Parts) -> tuple[str, ...]:
    """A list of names, or a table of them; each is deployed by itself."""
    value = top.values.get("Stages")
    if isinstance(value, dict):
        stages = top.inner("Stages")
        for name in value:
            parts = stages.inner(name)
            parts.know("AutoDeploy")
            if not parts.flag("AutoDeploy", True):
                words = say("Write AutoDeploy: true: nobody deploys by hand here.")
                parts.note("form", words, "AutoDeploy")
        names = tuple(map(str, value))
    else:
        names = top.texts("Stages")
    if not names:
        return (DEFAULT_STAGE,)
    if len(names) > MOST_STAGES or any("/" in one or not one for one in names):
        words = say("Write at most {most} stages, names without a slash.", most=MOST_STAGES)
        top.note("form", words, "Stages")
        return (DEFAULT_STAGE,)
    return names
