"""Mistakes named: what rules show by themselves, and what a difference shows."""

from __future__ import annotations

import pytest

from labs.grading.balancing.comparison.compare import compare
from labs.grading.balancing.exercise.codes import MISTAKE_CODES
from labs.grading.balancing.lint.alone import find_mistakes
from labs.grading.balancing.lint.nearly import nearly
from labs.grading.balancing.rules.rule import Listener
from tests.labs.grading.balancing.texts import a_rule, complete, fixed, redirect, weighted

HTTP, HTTPS = Listener("HTTP", 80), Listener("HTTPS", 443)


def alone(*rules, listener: Listener = HTTPS) -> dict[str, str]:
    found = find_mistakes(complete(*rules, listener=listener), listener)
    return {one.code: one.message for one in found}


BY_ITSELF = [
    ([a_rule(1, path=["/a", "/b", "/c", "/d"])], HTTPS, "alb.values-of-a-condition"),
    ([a_rule(1, header=("X-Forwarded-For", ["203.0.113.9"]))], HTTPS, "alb.forwarded-for"),
    ([a_rule(1, source="203.0.113.9/24")], HTTPS, "alb.host-bits"),
    ([a_rule(1, path="/search?q=*")], HTTPS, "alb.query-in-path"),
    ([a_rule(1, path="users/*")], HTTPS, "alb.no-slash"),
    ([a_rule(1, path="users/*")], HTTPS, "alb.never"),
    ([a_rule(1, path="/a*"), a_rule(2, path="/a/b")], HTTPS, "alb.shadowed"),
    ([a_rule(1, redirect(host="www.a.com"), host="*a.com")], HTTPS, "alb.redirect-loop"),
    ([a_rule(1, redirect(path="/shop/"), path="/shop*")], HTTPS, "alb.redirect-loop"),
    ([a_rule(1, redirect(path="/a/#{path}"), path="*")], HTTPS, "alb.redirect-loop"),
    ([a_rule(1, redirect(host="b.com"), host="a.com"),
      a_rule(2, redirect(host="a.com"), host="b.com")], HTTPS, "alb.redirect-loop"),
    ([a_rule(1, redirect(protocol="HTTPS"), path="*")], HTTP, "alb.redirect-port"),
    ([a_rule(1, redirect(port="443"), path="*")], HTTP, "alb.redirect-port"),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "listener", "code"), BY_ITSELF)
def test_a_mistake_is_seen_in_the_rules_alone(rules, listener: Listener, code: str) -> None:
    assert code in alone(*rules, listener=listener)


@pytest.mark.parametrize(
    ("rules", "listener"),
    [
        ([a_rule(1, path="/a"), a_rule(2, path="/a*")], HTTPS),
        ([a_rule(1, redirect(host="www.a.com"), host="a.com")], HTTPS),
        ([a_rule(1, redirect(path="/shop/"), path="/shop")], HTTPS),
        ([a_rule(1, redirect(protocol="HTTPS", port="443"), path="*")], HTTP),
        ([a_rule(1, redirect(port="8443"), path="*")], HTTPS),
        ([a_rule(1, path="/*")], HTTPS),
        ([a_rule(1, path="/img/pic?.jpg")], HTTPS),
    ],
)
def test_sound_rules_show_none(rules, listener: Listener) -> None:
    assert alone(*rules, listener=listener) == {}


def test_the_rule_that_shadows_another_is_named() -> None:
    rules = [a_rule(1, path="/a*"), a_rule(2, path="/b"), a_rule(3, path="/a/b")]
    expected = "Move rule 3 (path /a/b) before rule 1 (path /a*), which takes all of it."
    assert alone(*rules)["alb.shadowed"] == expected


def test_a_loop_is_shown_with_its_request() -> None:
    said = alone(a_rule(1, redirect(path="/shop/"), path="/shop*"))["alb.redirect-loop"]
    assert "GET example.com/shop is sent to https://example.com/shop/" in said


def between(mine, theirs, listener: Listener = HTTPS) -> list[str]:
    both = [complete(*rules, listener=listener) for rules in (mine, theirs)]
    found = compare(*both, listener)
    assert found is not None
    return [one.code for one in nearly(*both, found, listener)]


USERS = a_rule(1, "users", path=["/users", "/users/*"])
SITE = a_rule(1, host=["a.com", "*.a.com"])
MOVED = {"protocol": "HTTPS", "port": "443"}
BY_DIFFERENCE = [
    ([a_rule(1, "users", path="/users/*")], [USERS], "alb.bare-path"),
    ([a_rule(1, "users", path=["/Users", "/Users/*"])], [USERS], "alb.path-case"),
    ([a_rule(1, "users", path="/users*")], [USERS], "alb.wide-path"),
    ([a_rule(1, host="*.a.com")], [SITE], "alb.bare-host"),
    ([a_rule(1, host="*a.com")], [SITE], "alb.wide-host"),
    ([a_rule(1, path="*"), a_rule(2, "users", path="/users")],
     [a_rule(2, path="*"), a_rule(1, "users", path="/users")], "alb.order"),
    ([a_rule(1, weighted(old=1, new=1), path="*")],
     [a_rule(1, weighted(old=9, new=1), path="*")], "alb.weights"),
    ([a_rule(1, redirect("HTTP_302", **MOVED), path="*")],
     [a_rule(1, redirect(**MOVED), path="*")], "alb.redirect-status"),
    ([a_rule(1, redirect(**MOVED, query=""), path="*")],
     [a_rule(1, redirect(**MOVED), path="*")], "alb.redirect-part"),
]  # fmt: skip


@pytest.mark.parametrize(("mine", "theirs", "code"), BY_DIFFERENCE)
def test_a_difference_shows_what_was_meant(mine, theirs, code: str) -> None:
    listener = HTTP if "redirect" in code else HTTPS
    assert between(mine, theirs, listener) == [code]


def test_another_answer_has_no_name() -> None:
    assert between([a_rule(1, fixed("503"), path="*")], [a_rule(1, fixed("404"), path="/a")]) == []


def test_a_rule_that_is_itself_wrong_does_not_just_come_too_early() -> None:
    mine = [a_rule(1, header=("X-A", ["b"])), a_rule(2, "users", path="/users")]
    theirs = [a_rule(1, source="10.0.0.0/8"), a_rule(2, "users", path="/users")]
    assert "alb.order" not in between(mine, theirs)


def test_every_mistake_has_a_test() -> None:
    assert {row[2] for row in (*BY_ITSELF, *BY_DIFFERENCE)} == set(MISTAKE_CODES)
