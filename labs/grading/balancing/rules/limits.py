"""What AWS refuses to save although it can be read: limits, characters, redirects that lead
nowhere.

Source: User Guide for Application Load Balancers, "Condition types for listener rules", "Action
types for listener rules", "Quotas for your Application Load Balancers".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from labs.grading.balancing.rules.mistake import Mistake
from labs.grading.balancing.rules.patterns import wildcards_in
from labs.grading.balancing.rules.rule import (
    HEADER,
    HOST,
    METHOD,
    PATH,
    QUERY,
    SOURCE,
    Condition,
    Listener,
    Redirect,
    Rule,
    Value,
    network_of,
)
from labs.grading.said import say

MOST_VALUES, MOST_WILDCARDS = 5, 5  # of a rule
ONCE = (HOST, PATH, METHOD, SOURCE)
WILD = (HOST, PATH, HEADER, QUERY)
HOST_FORM = re.compile(r"[A-Za-z0-9.*?-]*\.[A-Za-z*?]+")
PATH_FORM = re.compile(r"[A-Za-z0-9_\-.$/~\"'@:+,&;()!%*?=]*")
METHOD_FORM = re.compile(r"[A-Z_-]{1,40}")
HEADER_FORM = re.compile(r"[A-Za-z0-9!#$%&'+.^_`|~-]{1,40}")
NOBODY = "255.255.255.255/32"


def refusals(rules: Sequence[Rule], listener: Listener) -> Iterator[Mistake]:
    """In the order of the text; nothing where AWS would save them all."""
    seen: dict[int, Rule] = {}
    for rule in rules:
        if rule.priority is not None:
            if rule.priority in seen:
                message = say(
                    "Change one priority {number}: two rules have it.", number=rule.priority
                )
                yield Mistake("alb.priority-twice", message, rule.priority_path)
            seen.setdefault(rule.priority, rule)
        yield from too_many(rule)
        for condition in rule.conditions:
            yield from condition_refusals(condition)
        if isinstance(rule.action, Redirect):
            yield from redirect_refusals(rule, rule.action, listener)


def too_many(rule: Rule) -> Iterator[Mistake]:
    for kind in ONCE:
        same = [one for one in rule.conditions if one.kind == kind]
        if len(same) > 1:
            message = say("Put the values of {field} into one condition.", field=kind)
            yield Mistake("alb.condition-twice", message, same[1].path)
    values = [value for one in rule.conditions for value in one.values]
    if len(values) > MOST_VALUES:
        message = say(
            "Split this rule: it compares {number} values, and 5 are the most.",
            number=len(
                values,
            ),
        )
        yield Mistake("alb.too-many-values", message, rule.path)
    wild = sum(
        wildcards_in(value.text) + wildcards_in(value.key)
        for one in rule.conditions
        if one.kind in WILD
        for value in one.values
    )
    if wild > MOST_WILDCARDS:
        message = say(
            "Split this rule: it has {number} wildcards, and 5 are the most.", number=wild
        )
        yield Mistake("alb.too-many-wildcards", message, rule.path)


def condition_refusals(condition: Condition) -> Iterator[Mistake]:
    check = CHECKS.get(condition.kind)
    for value in condition.values if check else ():
        assert check
        yield from check(value)
    if condition.kind == HEADER:
        yield from header_refusals(condition)


def host_refusals(value: Value) -> Iterator[Mistake]:
    if "." not in value.text:
        message = say(
            "Give {host} a dot: a host has one, such as shop.example.com.", host=value.text
        )
        yield Mistake("alb.host-form", message, value.path)
    elif not HOST_FORM.fullmatch(value.text):
        message = say(
            "Write the host alone: {host} has characters that no host has.", host=value.text
        )
        yield Mistake("alb.host-form", message, value.path)


def path_refusals(value: Value) -> Iterator[Mistake]:
    if not PATH_FORM.fullmatch(value.text):
        message = say(
            "Write the path alone: {text} has characters that no path has.", text=value.text
        )
        yield Mistake("alb.path-form", message, value.path)


def method_refusals(value: Value) -> Iterator[Mistake]:
    if METHOD_FORM.fullmatch(value.text):
        return
    if METHOD_FORM.fullmatch(value.text.upper()):
        message = say(
            "Write {method}: methods are written in capitals.",
            method=value.text.upper(),
        )
    else:
        message = say(
            "Name each method: {text} is none, and wildcards do not count here.", text=value.text
        )
    yield Mistake("alb.method-form", message, value.path)


def source_refusals(value: Value) -> Iterator[Mistake]:
    if str(network_of(value.text)) == NOBODY:
        yield Mistake("alb.nobody", say("Name another address: AWS refuses this one."), value.path)


def header_refusals(condition: Condition) -> Iterator[Mistake]:
    if condition.header.lower() == "host":
        message = say("Use host-header for the host: http-header does not take it.")
        yield Mistake("alb.host-as-header", message, condition.path)
    elif not HEADER_FORM.fullmatch(condition.header):
        message = say("Write the header's name as it is: wildcards do not count in it.")
        yield Mistake("alb.header-name", message, condition.path)


CHECKS = {
    HOST: host_refusals,
    PATH: path_refusals,
    METHOD: method_refusals,
    SOURCE: source_refusals,
}


def redirect_refusals(rule: Rule, redirect: Redirect, listener: Listener) -> Iterator[Mistake]:
    if redirect.changes_nothing:
        message = say("Change protocol, host, port or path: this leads to where it came from.")
        yield Mistake("alb.redirect-same", message, rule.action_path)
    elif listener.protocol == "HTTPS" and redirect.protocol == "HTTP":
        message = say("Redirect to HTTPS: AWS does not lead from HTTPS to HTTP.")
        yield Mistake("alb.redirect-downgrade", message, rule.action_path)
