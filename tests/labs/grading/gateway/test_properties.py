"""The comparison against requests decided one by one by the point evaluator."""

from __future__ import annotations

import random

import pytest

from labs.grading.gateway.comparison.compare import Terms, compare
from labs.grading.gateway.comparison.reach import never_reached
from labs.grading.gateway.routes.model import Surroundings
from labs.grading.gateway.routes.reader import read_api
from labs.grading.gateway.routing.decision import SERVED, UNSURE, decide
from labs.grading.gateway.routing.request import Caller, Request
from tests.labs.grading.gateway.point_evaluator import as_wanted, outcome, routes_for
from tests.labs.grading.gateway.random_apis import (
    METHODS,
    a_caller,
    a_neighbour,
    a_path,
    an_api,
)

AROUND = Surroundings(("one", "two"))
NAMES = ("x", "y")
TERMS = Terms(AROUND, NAMES)
PAIRS = 60


def read(document):
    found = read_api(document, AROUND)
    assert found.notes == ()
    return found.found


def as_caller(caller):
    if caller["kind"] != "token":
        return Caller(caller["kind"])
    return Caller("token", caller["issuer"], caller["audience"], frozenset(caller["scopes"]),
                  caller["expired"])  # fmt: skip


def plain(caller):
    return {
        "kind": caller.kind,
        "issuer": caller.issuer,
        "audience": caller.audience,
        "scopes": sorted(caller.scopes),
        "expired": caller.expired,
    }


def ask(document, seen):
    request = seen.request
    return outcome(document, request.method, request.path, plain(request.caller))


@pytest.mark.parametrize("seed", [1, 2])
def test_one_request_is_decided_as_the_point_evaluator_does(seed):
    dice = random.Random(seed)
    for _ in range(PAIRS):
        document = an_api(dice)
        api = read(document)
        for _ in range(40):
            method, path, caller = dice.choice(METHODS), a_path(dice), a_caller(dice)
            segments = tuple(one for one in path.split("/") if one)
            got = decide(api, Request(method, segments, as_caller(caller)), AROUND)
            plainly = (
                "?" if got.kind == UNSURE
                else (got.target, got.values) if got.kind == SERVED
                else None
            )  # fmt: skip
            assert plainly == outcome(document, method, path, caller)


@pytest.mark.parametrize("seed", [3, 4])
def test_equal_apis_do_the_same_with_every_request_and_others_differ_on_the_one_shown(seed):
    dice = random.Random(seed)
    equal = 0
    for _ in range(PAIRS):
        mine = an_api(dice)
        theirs = a_neighbour(dice, mine) if dice.random() < 0.8 else an_api(dice)
        if unsure(theirs, dice):
            continue
        found = compare(read(mine), read(theirs), TERMS)
        for seen in filter(None, (found.too_much, found.too_little)):
            assert not as_wanted(ask(mine, seen), ask(theirs, seen), NAMES)
        equal += found.too_much is None and found.too_little is None
        for _ in range(60):
            method, path, caller = dice.choice(METHODS), a_path(dice), a_caller(dice)
            got, wanted = (outcome(one, method, path, caller) for one in (mine, theirs))
            if wanted == "?":
                continue
            if found.too_much is None and wanted is None:
                assert as_wanted(got, wanted, NAMES)
            if found.too_little is None and wanted is not None:
                assert as_wanted(got, wanted, NAMES)
    assert equal > 2


def unsure(document, dice):
    """An API of which the guide does not say everything is nobody's solution."""
    return any(
        outcome(document, dice.choice(METHODS), a_path(dice), a_caller(dice)) == "?"
        for _ in range(60)
    )


def test_a_route_that_is_never_reached_gets_no_request_and_every_other_gets_one():
    dice = random.Random(5)
    for _ in range(PAIRS):
        document = an_api(dice, most=9) | {"Stages": ["$default"]}
        idle = {route.key.text for route in never_reached(read(document))}
        met = {
            route["RouteKey"]
            for _ in range(300)
            for route in routes_for(document, dice.choice(METHODS), a_path(dice))
        }
        assert not idle & met


def test_comparing_finds_the_same_every_time():
    dice = random.Random(6)
    mine, theirs = an_api(dice), an_api(dice)
    assert compare(read(mine), read(theirs), TERMS) == compare(read(mine), read(theirs), TERMS)
