"""The words of an HTTP API."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.gateway.routes.key import METHODS
from labs.grading.said import say

SLOTS = (
    Slot("key", r"JwtConfiguration$", ("jwt",)),
    Slot("key", r"CorsConfiguration$", ("cors",)),
    Slot("key", r"Authorizers/[^/]+$", ("authorizer",)),
    Slot("key", r"Permissions$", ("permission",)),
    Slot("key", r"(^|/)(Routes|Items)$", ("route",)),
    Slot("key", "", ("top",)),
    Slot("value", r"(^|/)AuthorizationType$", ("types",)),
    Slot("value", r"(^|/)AuthorizerType$", ("jwt-type",)),
    Slot("value", r"(^|/)IdentitySource$", ("sources",)),
    Slot("value", r"(^|/)RouteKey$", ("keys",)),
    Slot("value", r"(^|/)AllowMethods$", ("methods",)),
    Slot("value", r"(^|/)AllowHeaders$", ("headers",)),
    Slot("value", r"(^|/)Principal$", ("principals",)),
    Slot("value", r"(^|/)Action$", ("actions",)),
)
PLAIN = {
    "top": ("Routes", "Authorizers", "CorsConfiguration", "Stages", "Permissions"),
    "route": ("RouteKey", "Target", "AuthorizationType", "AuthorizerId", "AuthorizationScopes"),
    "authorizer": ("AuthorizerType", "IdentitySource", "JwtConfiguration"),
    "jwt": ("Issuer", "Audience"),
    "cors": ("AllowOrigins", "AllowMethods", "AllowHeaders", "AllowCredentials", "MaxAge"),
    "permission": ("FunctionName", "StatementId", "Action", "Principal", "SourceArn"),
    "jwt-type": ("JWT",),
    "sources": ("$request.header.Authorization",),
    "methods": METHODS,
    "headers": ("authorization", "content-type"),
    "principals": ("apigateway.amazonaws.com",),
    "actions": ("lambda:InvokeFunction",),
}
TOLD = {
    "types": (
        ("NONE", say("open to everybody")),
        ("JWT", say("a token is asked for")),
        ("AWS_IAM", say("a signature of AWS credentials is asked for")),
    ),
    "keys": (
        ("GET /", ""),
        ("ANY /", say("every method without a route of its own")),
        ("ANY /{proxy+}", say("everything below")),
        ("$default", say("what no other route takes")),
    ),
}


def words(topic: str) -> Words:
    """No topic has words of its own."""
    if topic:
        return {}
    return {**{name: [(word, "") for word in found] for name, found in PLAIN.items()}, **TOLD}
