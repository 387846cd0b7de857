"""Two lists of rules compared: equal in other words, or the plainest request that shows it."""

from __future__ import annotations

from typing import Any

import pytest

from labs.grading.balancing.comparison.compare import compare
from labs.grading.balancing.comparison.reach import reached
from labs.grading.balancing.routing.request import read_request
from labs.grading.balancing.rules.rule import Forward, Listener
from labs.grading.wildcards.budget import OutOfBudget
from tests.labs.grading.balancing.texts import a_rule, complete, fixed, redirect, weighted

HTTP = Listener("HTTP", 80)


def difference(
    mine: list[dict[str, Any]],
    theirs: list[dict[str, Any]],
    listener: Listener | None = None,
    usual: str = "",
) -> str:
    """The request in words; nothing where there is none."""
    where = listener or Listener()
    both = [complete(*rules, listener=where) for rules in (mine, theirs)]
    found = compare(*both, where, [read_request(usual)] if usual else ())
    return found.request.words if found else ""


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ([a_rule(5, path=["/a", "/b"])], [a_rule(1, path="/b"), a_rule(9, path="/a")]),
        ([a_rule(1, host="A.com")], [a_rule(1, host="a.COM")]),
        ([a_rule(1, path="/*")], [a_rule(1, path="*")]),
        ([a_rule(1, path="/*"), a_rule(2, "old", path="/a")], [a_rule(1, path="/*")]),
        ([a_rule(1, path="/a**")], [a_rule(1, path="/a*")]),
        ([a_rule(1, source="10.0.0.0/8")], [a_rule(1, source=["10.0.0.0/9", "10.128.0.0/9"])]),
        ([a_rule(1, header=("X-A", ["b"]))], [a_rule(1, header=("x-a", ["B"]))]),
        ([a_rule(1, query=[("v", "1")])], [a_rule(1, query=[("V", "1"), ("v", "1")])]),
        ([a_rule(1, weighted(a=1, b=2), path="*")], [a_rule(1, weighted(b=20, a=10), path="*")]),
        ([a_rule(1, weighted(a=1, b=0), path="*")], [a_rule(1, "a", path="*")]),
        ([a_rule(1, fixed("404"), path="/a")], [a_rule(1, fixed("404"), path="/b")]),
    ],
)
def test_the_same_in_other_words_is_equal(mine, theirs) -> None:
    assert difference(mine, theirs) == ""


@pytest.mark.parametrize(
    ("mine", "theirs", "request_"),
    [
        ([a_rule(1, path="/users/*")], [a_rule(1, path="/users*")], "GET example.com/users"),
        ([a_rule(1, path="/a")], [a_rule(1, path="/A"), a_rule(2, path="/a")], "GET example.com/A"),
        ([a_rule(1, host="*.a.com")], [a_rule(1, host=["a.com", "*.a.com"])], "GET a.com/"),
        ([a_rule(1, path="*", method="GET")], [a_rule(1, path="*")], "POST example.com/"),
        (
            [a_rule(1, path="*")],
            [a_rule(1, "new", path="*", query=[("beta", "1")]), a_rule(2, path="*")],
            "GET example.com/?beta=1",
        ),
        (
            [a_rule(1, path="*")],
            [a_rule(1, "new", header=("X-Beta", ["yes"])), a_rule(2, path="*")],
            "GET example.com/, X-Beta: yes",
        ),
        (
            [a_rule(1, source="203.0.113.0/24")],
            [a_rule(1, source="203.0.113.0/25")],
            "GET example.com/, from 203.0.113.135",
        ),
    ],
)
def test_the_plainest_request_shows_a_difference(mine, theirs, request_: str) -> None:
    assert difference(mine, theirs) == request_


def test_two_headers_may_be_needed_to_see_it() -> None:
    both = [a_rule(1, header=("X-A", ["1"])), a_rule(2, "new", header=("X-B", ["1"]))]
    other = [a_rule(2, header=("X-A", ["1"])), a_rule(1, "new", header=("X-B", ["1"]))]
    assert difference(both, other) == "GET example.com/, X-A: 1, X-B: 1"


def test_two_pairs_of_a_query_may_be_needed_to_see_it() -> None:
    mine = {**a_rule(1, query=[("a", "1")])}
    mine["Conditions"] += a_rule(1, query=[("b", "1")])["Conditions"]
    found = difference([mine], [])
    assert found == "GET example.com/?a=1&b=1"


def test_an_ipv6_visitor_counts_only_where_one_can_come() -> None:
    mine, theirs = [a_rule(1, source="0.0.0.0/0")], [a_rule(1, path="*")]
    assert difference(mine, theirs) == ""
    assert difference(mine, theirs, Listener(dual=True)) == "GET example.com/, from 2001:db8::10"


def test_the_request_looks_like_those_of_the_lab() -> None:
    found = difference([a_rule(1, path="/users")], [], usual="https://osman.com/posts")
    assert found == "GET osman.com/users"


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (redirect(protocol="HTTPS"), redirect(protocol="HTTPS", port="80", host="#{host}")),
        (redirect(port="8080", protocol="HTTP"), redirect(port="8080", protocol="#{protocol}")),
        (redirect(path="/a/#{path}", port="80"), redirect(path="/a/#{path}")),
    ],
)  # fmt: skip
def test_redirects_with_one_effect_are_equal(mine, theirs) -> None:
    assert difference([a_rule(1, mine, path="*")], [a_rule(1, theirs, path="*")], HTTP) == ""


def test_a_constant_is_equal_to_a_keyword_where_nothing_else_can_come() -> None:
    mine = [a_rule(1, redirect(host="a.com", protocol="HTTPS"), host="a.com", path="/b")]
    theirs = [a_rule(1, redirect(path="/b", protocol="HTTPS"), host="a.com", path="/b")]
    assert difference(mine, theirs, HTTP) == ""


@pytest.mark.parametrize(
    ("mine", "theirs", "request_"),
    [
        ({"host": "a.com"}, {"host": "#{host}"}, "GET example.com/"),
        ({"path": "/"}, {"path": "/#{path}"}, "GET example.com/about"),
        ({"path": "/a"}, {"path": "/#{path}a"}, "GET example.com/about"),
        ({"query": ""}, {"query": "#{query}"}, "GET example.com/?page=2"),
        ({"query": "page=2"}, {"query": "#{query}"}, "GET example.com/"),
        ({"query": "page=2&#{query}"}, {"query": "page=2"}, "GET example.com/"),
    ],
)
def test_redirects_to_other_addresses_are_seen(mine, theirs, request_: str) -> None:
    both = [
        [a_rule(1, redirect(protocol="HTTPS", port="443", **parts), path="*")]
        for parts in (mine, theirs)
    ]
    assert difference(*both, HTTP) == request_


def test_stickiness_counts_only_between_several_groups() -> None:
    def sticky(**weights: int) -> dict[str, Any]:
        action = weighted(**weights)
        config = {"Enabled": True, "DurationSeconds": 60}
        action["ForwardConfig"]["TargetGroupStickinessConfig"] = config
        return action

    one, two = weighted(a=1), weighted(a=1, b=1)
    assert difference([a_rule(1, sticky(a=1), path="*")], [a_rule(1, one, path="*")]) == ""
    assert difference([a_rule(1, sticky(a=1, b=1), path="*")], [a_rule(1, two, path="*")])


def test_what_nobody_can_meet_makes_no_difference() -> None:
    nowhere = a_rule(1, "new", path="no-slash")
    assert difference([nowhere], []) == ""


def test_the_default_action_of_the_listener_counts() -> None:
    listener = Listener(default=Forward((("web", 1),)))
    assert difference([a_rule(1, path="/a")], [], listener) == ""


def test_a_shadowed_rule_is_reached_by_nothing() -> None:
    rules = complete(a_rule(1, path="/b*"), a_rule(2, "new", path="/b/*"), a_rule(3, path="/"))
    found = reached(rules, Listener())
    assert [request.path if request else None for _rule, request in found] == [
        "/b", None, "/", "/about",
    ]  # fmt: skip


def test_rules_that_shadow_one_only_together_are_seen() -> None:
    rules = complete(
        a_rule(1, method=["GET"], path="/a"), a_rule(2, path="/a"), a_rule(3, "n", path="/a")
    )
    assert [bool(request) for _rule, request in reached(rules, Listener())] == [
        True, True, False, True,
    ]  # fmt: skip


def test_work_has_an_end() -> None:
    letters = "abcdefghijklmnopqrstuv"
    mine = [
        a_rule(number, f"g{number}", header=(f"X-{letter}", [f"{letter}*"]), path=f"/*{letter}*")
        for number, letter in enumerate(letters, start=1)
    ]
    with pytest.raises(OutOfBudget):
        difference(mine, [a_rule(1, path="/a")])
