"""Mistakes that a list of rules shows by itself: rules without effect, redirects that come back,
conditions that look at the wrong thing.

Source: User Guide for Application Load Balancers, "Condition types for listener rules" and "Action
types for listener rules".
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Sequence

from labs.grading.balancing.comparison.reach import is_reached, reached
from labs.grading.balancing.lint.loops import loops
from labs.grading.balancing.routing.request import Request
from labs.grading.balancing.rules.mistake import Mistake
from labs.grading.balancing.rules.rule import (
    HEADER,
    PATH,
    PORTS,
    SOURCE,
    Condition,
    Listener,
    Redirect,
    Rule,
    Rules,
    network_of,
)
from labs.grading.balancing.rules.words import rule_words
from labs.grading.said import say
from labs.grading.wildcards.budget import OutOfBudget

QUERY_IN_PATH = re.compile(r"\?[^=/]*=")
MOST_VALUES = 3  # of one condition, as the guide says; the quota is one of the rule
MOST_BLAMED = 8  # rules without effect whose cause is looked for


def find_mistakes(
    rules: Rules, listener: Listener, usual: Sequence[Request] = ()
) -> Iterator[Mistake]:
    """In the order of the rules."""
    for rule in rules.ordered:
        for condition in rule.conditions:
            yield from condition_mistakes(condition)
        if isinstance(rule.action, Redirect):
            yield from redirect_mistakes(rule, rule.action, listener)
    try:
        found = reached(rules, listener, usual)
        yield from without_effect(found, listener)
    except OutOfBudget:  # too tangled: nothing is said
        return
    yield from loops(rules, listener, [*usual, *(one for _rule, one in found if one)])


def condition_mistakes(condition: Condition) -> Iterator[Mistake]:
    if len(condition.values) > MOST_VALUES:
        message = say("Split this condition: the guide allows 3 values in one.")
        yield Mistake("alb.values-of-a-condition", message, condition.path)
    if condition.kind == HEADER and condition.header.lower() == "x-forwarded-for":
        message = say(
            "Use source-ip for the visitor's address: anybody can send X-Forwarded-For, and the "
            "balancer adds its own only behind these rules."
        )
        yield Mistake("alb.forwarded-for", message, condition.path)
    for value in condition.values:
        if condition.kind == PATH:
            yield from path_mistakes(value.text, value.path)
        if condition.kind == SOURCE and has_host_bits(value.text):
            block = str(network_of(value.text))
            message = say("{written} is read as {block}.", written=value.text, block=block)
            yield Mistake("alb.host-bits", message, value.path)


def has_host_bits(text: str) -> bool:
    address = ipaddress.ip_interface(text)
    return address.ip != address.network.network_address


def path_mistakes(text: str, path: tuple[str | int, ...]) -> Iterator[Mistake]:
    if QUERY_IN_PATH.search(text):
        message = say(
            "Put what follows the question mark into a query-string condition: {pattern} is "
            "compared with the path alone, and its ? stands for one character.",
            pattern=text,
        )
        yield Mistake("alb.query-in-path", message, path)
    elif text[0] not in "/*?":
        message = say("Begin {pattern} with a slash: every path does.", pattern=text)
        yield Mistake("alb.no-slash", message, path)


def redirect_mistakes(rule: Rule, redirect: Redirect, listener: Listener) -> Iterator[Mistake]:
    protocol = redirect.protocol.replace("#{protocol}", listener.protocol)
    port = int(redirect.port.replace("#{port}", str(listener.port)))
    if any(PORTS[other] == port for other in PORTS if other != protocol):
        message = say(
            "Change the port, too: this leads to {protocol} at port {port}, which does not "
            "speak it.",
            protocol=protocol,
            port=port,
        )
        yield Mistake("alb.redirect-port", message, rule.action_path)


def without_effect(
    found: Sequence[tuple[Rule, Request | None]], listener: Listener
) -> Iterator[Mistake]:
    rules = [rule for rule, _request in found]
    idle = [number for number, (_rule, request) in enumerate(found) if request is None]
    for number in idle[:MOST_BLAMED]:
        rule = rules[number]
        if rule.priority is None:
            continue  # a rule before it takes everything: not a mistake
        yield idle_rule(rule, rules[:number], listener)


def idle_rule(rule: Rule, before: Sequence[Rule], listener: Listener) -> Mistake:
    words = rule_words(rule)
    if not is_reached(rule, (), listener):
        message = say("Change {rule}: no request can meet it.", rule=words)
        return Mistake("alb.never", message, rule.path)
    cause = next((one for one in before if not is_reached(rule, (one,), listener)), None)
    if cause is None:
        message = say("Remove {rule}, or move it: rules before it take all of it.", rule=words)
    else:
        message = say(
            "Move {rule} before {other}, which takes all of it.",
            rule=words,
            other=rule_words(cause),
        )
    return Mistake("alb.shadowed", message, rule.path)
