"""What becomes of one request: the first rule whose conditions all hold, and what its action does.

Source: User Guide for Application Load Balancers, "Listener rules for your Application Load
Balancer". Health, and which target of a group answers, are no part of it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.balancing.routing.request import Location, Request
from labs.grading.balancing.rules.patterns import fits
from labs.grading.balancing.rules.rule import (
    HEADER,
    HOST,
    METHOD,
    PATH,
    QUERY,
    Action,
    Condition,
    Fixed,
    Forward,
    Listener,
    Redirect,
    Rule,
    Rules,
    Value,
    network_of,
)


def condition_holds(condition: Condition, request: Request) -> bool:
    """Does any of its values fit? Hosts, headers and queries ignore case; paths and methods do
    not. Of a header that was sent several times any line will do, as any pair of the query."""
    if condition.kind == HOST:
        return any(fits(text, request.host, ignore_case=True) for text in condition.texts)
    if condition.kind == PATH:
        return any(fits(text, request.path) for text in condition.texts)
    if condition.kind == METHOD:
        return request.method in condition.texts
    if condition.kind == HEADER:
        sent = [text for name, text in request.headers if name == condition.header.lower()]
        return any(fits(p, text, ignore_case=True) for text in sent for p in condition.texts)
    if condition.kind == QUERY:
        return any(pair_fits(one, pair) for pair in request.query for one in condition.values)
    address = ipaddress.ip_address(request.source)
    return any(address in network_of(text) for text in condition.texts)


def pair_fits(value: Value, pair: tuple[str, str]) -> bool:
    key, text = pair
    return fits(value.key or "*", key, ignore_case=True) and fits(
        value.text, text, ignore_case=True
    )


def rule_holds(rule: Rule, request: Request) -> bool:
    return all(condition_holds(condition, request) for condition in rule.conditions)


def deciding(rules: Rules, request: Request) -> Rule:
    """The first that holds; the default rule always does."""
    return next(rule for rule in rules.ordered if rule_holds(rule, request))


@dataclass(frozen=True, slots=True)
class Redirected:
    status: int
    location: Location


Result = Forward | Redirected | Fixed


def result_of(action: Action, request: Request, listener: Listener) -> Result:
    """What the visitor gets, in its simplest form: equal results are equal."""
    if isinstance(action, Forward):
        return action.effect()
    if isinstance(action, Redirect):
        return Redirected(action.status, location_of(action, request, listener))
    return action


def location_of(redirect: Redirect, request: Request, listener: Listener) -> Location:
    """`#{path}` is the path without its first slash, `#{query}` the query without its mark."""
    parts = {
        "#{protocol}": listener.protocol,
        "#{host}": request.host,
        "#{port}": str(listener.port),
        "#{path}": request.path[1:],
        "#{query}": request.query_text,
    }
    return Location(
        put_in(redirect.protocol, parts),
        put_in(redirect.host, parts),
        int(put_in(redirect.port, parts)),
        put_in(redirect.path, parts),
        put_in(redirect.query, parts),
    )


def put_in(template: str, parts: Mapping[str, str]) -> str:
    """Once from left to right: what was put in is not read again."""
    made, rest = "", template
    while rest:
        before, mark, after = rest.partition("#{")
        name, _brace, behind = after.partition("}")
        made += before + (parts[f"#{{{name}}}"] if mark else "")
        rest = behind if mark else ""
    return made


def outcome(rules: Rules, request: Request, listener: Listener) -> Result:
    return result_of(deciding(rules, request).action, request, listener)
