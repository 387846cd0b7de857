"""What AWS refuses to save. User Guide for Application Load Balancers: "Condition types for
listener rules", "Action types for listener rules"."""

from __future__ import annotations

import pytest

from labs.grading.balancing.exercise.codes import CODES, REFUSED_CODES
from labs.grading.balancing.rules.limits import refusals
from labs.grading.balancing.rules.rule import Listener
from tests.labs.grading.balancing.texts import a_condition, a_rule, read, redirect


def codes(*rules, listener: Listener | None = None) -> list[str]:
    return [one.code for one in refusals(read(*rules), listener or Listener())]


TWICE = a_rule(1, path="/a")
TWICE["Conditions"] += [a_condition("path", "/b")]
SEVERAL = a_rule(1, query=[("a", "1")])
SEVERAL["Conditions"] += [a_condition("query", [("b", "1")]), a_condition("header", ("A", ["b"]))]
WILD = ["/*/*", "/a/*/*", "/b/*/?"]


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ([a_rule(1, path="/a"), a_rule("1", path="/b")], "alb.priority-twice"),
        ([TWICE], "alb.condition-twice"),
        ([a_rule(1, path=list("abcdef"))], "alb.too-many-values"),
        ([a_rule(1, path=["/a", "/b", "/c"], host=["a.b", "c.d", "e.f"])], "alb.too-many-values"),
        ([a_rule(1, path=WILD)], "alb.too-many-wildcards"),
        ([a_rule(1, host="localhost")], "alb.host-form"),
        ([a_rule(1, host="https://a.com")], "alb.host-form"),
        ([a_rule(1, host="a.com:8080")], "alb.host-form"),
        ([a_rule(1, host="10.0.0.1")], "alb.host-form"),
        ([a_rule(1, path="/a#b")], "alb.path-form"),
        ([a_rule(1, path="/a b")], "alb.path-form"),
        ([a_rule(1, method="get")], "alb.method-form"),
        ([a_rule(1, method="*")], "alb.method-form"),
        ([a_rule(1, source="255.255.255.255/32")], "alb.nobody"),
        ([a_rule(1, header=("Host", ["a.com"]))], "alb.host-as-header"),
        ([a_rule(1, header=("X *", ["a"]))], "alb.header-name"),
        ([a_rule(1, redirect(host="#{host}", query="a=b"), path="/a")], "alb.redirect-same"),
        ([a_rule(1, redirect(protocol="HTTP"), path="/a")], "alb.redirect-downgrade"),
    ],
)
def test_what_aws_refuses_is_named(rules, code: str) -> None:
    assert codes(*rules) == [code]


def test_every_refusal_has_a_test() -> None:
    marks = test_what_aws_refuses_is_named.pytestmark[0].args[1]
    assert {code for _rules, code in marks} == set(REFUSED_CODES)
    assert set(REFUSED_CODES) < set(CODES)


@pytest.mark.parametrize(
    "rules",
    [
        [SEVERAL],
        [a_rule(1, path=["/a", "/b", "/c", "/d", "/e"])],
        [a_rule(1, path=["/*", "/a/*"], host=["*.a.com", "*.b.com"], query=[("", "*")])],
        [a_rule(1, path="/A-Z_-.$/~\"'@:+,&a0*?")],
        [a_rule(1, method=["CUSTOM-METHOD", "M_SEARCH"])],
        [a_rule(1, host="test?.EXAMPLE.com"), a_rule(2, host="*.*")],
        [a_rule(1, redirect(query="a=b", path="/b"), path="/a")],
    ],
)
def test_what_aws_takes_is_taken(rules) -> None:
    assert codes(*rules) == []


def test_from_http_to_http_a_redirect_may_lead() -> None:
    there = redirect(protocol="HTTP", host="a.com")
    assert codes(a_rule(1, there, path="/a"), listener=Listener("HTTP", 80)) == []
