"""What was probably meant: mistakes that a difference from the expected rules shows."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from labs.grading.balancing.comparison.compare import Difference
from labs.grading.balancing.routing.decision import (
    Redirected,
    condition_holds,
    outcome,
    result_of,
    rule_holds,
)
from labs.grading.balancing.routing.request import Request
from labs.grading.balancing.rules.mistake import Mistake
from labs.grading.balancing.rules.patterns import fits, wildcards_in
from labs.grading.balancing.rules.rule import (
    HOST,
    PATH,
    Condition,
    Forward,
    Listener,
    Rule,
    Rules,
    Value,
)
from labs.grading.balancing.rules.words import rule_words
from labs.grading.said import say


def nearly(mine: Rules, theirs: Rules, found: Difference, listener: Listener) -> Iterator[Mistake]:
    """Mistakes in the learner's rules that explain this difference; what takes too much first, for
    it also comes too early."""
    known = {one.text for rule in theirs.ordered for c in rule.conditions for one in c.values}
    wide = [
        mistake
        for condition in found.mine.conditions
        for mistake in (
            *too_wide(condition, found.request, known),
            *other_case(condition, theirs, found, listener),
        )
    ]
    yield from wide or not_reached(mine, theirs, found, listener)
    yield from other_action(found)


def not_reached(
    mine: Rules, theirs: Rules, found: Difference, listener: Listener
) -> Iterator[Mistake]:
    """The rules that would have done right. One that comes too late is only told where the rule
    that comes first asks what an expected one asks, so that the order alone is wrong."""
    right = [
        rule
        for rule in mine.ordered
        if result_of(rule.action, found.request, listener) == found.wanted
    ]
    behind = next((rule for rule in right if rule_holds(rule, found.request)), None)
    if behind is not None and behind.priority is not None:
        if any(asks(one) == asks(found.mine) for one in theirs.ordered):
            yield too_late(behind, found.mine)
        return
    for rule in right:
        for condition in rule.conditions:
            if not condition_holds(condition, found.request):
                yield from too_narrow(condition, found.request)


def asks(rule: Rule) -> object:
    return {
        (one.place, frozenset((value.key, value.text) for value in one.values))
        for one in rule.conditions
    }


def too_late(rule: Rule, first: Rule) -> Mistake:
    message = say(
        "Move {rule} before {other}: the lowest number is tried first.",
        rule=rule_words(rule),
        other=rule_words(first),
    )
    return Mistake("alb.order", message, rule.priority_path)


def too_narrow(condition: Condition, request: Request) -> Iterator[Mistake]:
    for value in condition.values:
        if condition.kind == PATH:
            yield from narrow_path(value, request.path)
        elif condition.kind == HOST and fits(f"*.{request.host}", value.text, ignore_case=True):
            message = say(
                "Add {host}: {pattern} wants something before the dot.",
                host=request.host,
                pattern=value.text,
            )
            yield Mistake("alb.bare-host", message, value.path)


def narrow_path(value: Value, path: str) -> Iterator[Mistake]:
    bare = value.text.removesuffix("/*")
    if bare != value.text and fits(bare, path):
        message = say(
            "Add {path}: {pattern} begins behind the slash.", path=bare, pattern=value.text
        )
        yield Mistake("alb.bare-path", message, value.path)
    elif fits(value.text, path, ignore_case=True):
        yield written_otherwise(value)


def other_case(
    condition: Condition, theirs: Rules, found: Difference, listener: Listener
) -> Iterator[Mistake]:
    """Capitals in the place of small letters, seen from the side of the capitals."""
    small = replace(found.request, path=found.request.path.lower())
    if condition.kind == PATH and outcome(theirs, small, listener) == found.got:
        for value in condition.values:
            if value.text != value.text.lower() and fits(value.text, found.request.path):
                yield written_otherwise(value)


def written_otherwise(value: Value) -> Mistake:
    message = say("Write {pattern} as visitors do: in paths, case counts.", pattern=value.text)
    return Mistake("alb.path-case", message, value.path)


def too_wide(condition: Condition, request: Request, known: Set[str]) -> Iterator[Mistake]:
    """`known`: the values of the expected rules, which are no mistakes."""
    for value in condition.values:
        if wildcards_in(value.text) == 1 and value.text not in known:
            if condition.kind == PATH:
                yield from wide_path(value, request.path)
            if condition.kind == HOST:
                yield from wide_host(value, request.host)


def wide_path(value: Value, path: str) -> Iterator[Mistake]:
    """`/users*`, for a path that goes on without a slash."""
    bare = value.text.removesuffix("*")
    behind = path.removeprefix(bare)
    if bare != value.text and not bare.endswith("/") and behind != path and behind[:1] not in "/":
        message = say(
            "Split {pattern} into {bare} and {below}: it takes {path} as well.",
            pattern=value.text,
            bare=bare,
            below=f"{bare}/*",
            path=path,
        )
        yield Mistake("alb.wide-path", message, value.path)


def wide_host(value: Value, host: str) -> Iterator[Mistake]:
    """`*example.com` or `*.example.com`, in the place of names."""
    if value.text.startswith("*") and fits(value.text, host, ignore_case=True):
        message = say(
            "Name the hosts that are meant: {pattern} takes {host} as well.",
            pattern=value.text,
            host=host,
        )
        yield Mistake("alb.wide-host", message, value.path)


def other_action(found: Difference) -> Iterator[Mistake]:
    place = found.mine.action_path
    got, wanted = found.got, found.wanted
    if isinstance(got, Forward) and isinstance(wanted, Forward):
        if len(got.groups) > 1 and {n for n, _w in got.groups} == {n for n, _w in wanted.groups}:
            message = say("Change the weights: each is a share of their sum.")
            yield Mistake("alb.weights", message, place)
    elif isinstance(got, Redirected) and isinstance(wanted, Redirected):
        yield from other_redirect(got, wanted, place)


def other_redirect(
    got: Redirected, wanted: Redirected, place: tuple[str | int, ...]
) -> Iterator[Mistake]:
    mine, theirs = got.location, wanted.location
    if got.status != wanted.status:
        message = say("Change the code: 301 is for good, and 302 for now.")
        yield Mistake("alb.redirect-status", message, place)
    if (mine.protocol, mine.port) != (theirs.protocol, theirs.port):
        message = say("Change protocol and port together: what is left out stays as it came.")
        yield Mistake("alb.redirect-part", message, place)
    elif (mine.host, mine.path, mine.query) != (theirs.host, theirs.path, theirs.query):
        message = say("Keep what shall stay: #{host}, /#{path} and #{query} carry it over.")
        yield Mistake("alb.redirect-part", message, place)
