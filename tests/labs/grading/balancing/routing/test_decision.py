"""One request against rules. The examples are those of the User Guide for Application Load
Balancers: "Condition types for listener rules" and "Action types for listener rules"."""

from __future__ import annotations

import pytest

from labs.grading.balancing.rules.rule import Listener
from tests.labs.grading.balancing.texts import a_rule, answer_to, fixed, redirect, weighted

YES, NO = "group web", "answer 404"


def meets(url: str, *, headers=None, **conditions) -> bool:
    found = answer_to([a_rule(10, **conditions)], url, headers=headers or {})
    assert found in (YES, NO)
    return found == YES


# "HTTP header conditions": the example looks for Chrome or Safari in User-Agent.
@pytest.mark.parametrize(
    ("agent", "met"),
    [
        ("Mozilla/5.0 Chrome/126.0", True),
        ("mozilla SAFARI", True),
        ("Mozilla/5.0 Firefox/128.0", False),
    ],
)
def test_a_header_is_compared_with_wildcards_and_without_case(agent: str, met: bool) -> None:
    asked = ("User-Agent", ["*Chrome*", "*Safari*"])
    assert meets("https://a.com/", headers={"user-agent": agent}, header=asked) is met


def test_an_absent_header_fits_nothing_not_even_the_star() -> None:
    assert not meets("https://a.com/", header=("X-Absent", ["*"]))


# "HTTP request method conditions": CUSTOM-METHOD is the guide's own example.
def test_a_method_is_compared_exactly() -> None:
    rules = [a_rule(1, method="CUSTOM-METHOD")]
    assert answer_to(rules, "https://a.com/", method="CUSTOM-METHOD") == YES
    assert answer_to(rules, "https://a.com/", method="custom-method") == NO
    assert answer_to(rules, "https://a.com/") == NO


# "Host conditions"
@pytest.mark.parametrize(
    ("pattern", "host", "met"),
    [
        ("example.com", "example.com", True),
        ("example.com", "EXAMPLE.com", True),
        ("*.example.com", "test.example.com", True),
        ("*.example.com", "example.com", False),
        ("*.example.com", "a.b.example.com", True),
        ("test?.example.com", "test1.example.com", True),
        ("test?.example.com", "test.example.com", False),
    ],
)
def test_a_host_is_compared_with_wildcards_and_without_case(
    pattern: str, host: str, met: bool
) -> None:
    assert meets(f"https://{host}/", host=pattern) is met


# "Path conditions"
@pytest.mark.parametrize(
    ("pattern", "path", "met"),
    [
        ("/img/*", "/img/picture.jpg", True),
        ("/img/*", "/img/", True),
        ("/img/*", "/img", False),
        ("/img/*/pics", "/img/a/b/pics", True),
        ("/img/*/pics", "/img/pics", False),
        ("/img/*", "/IMG/picture.jpg", False),
        ("/users", "/users/", False),
        ("/search", "/search?q=img", True),
        ("/?", "/a", True),
        ("/?", "/", False),
    ],
)
def test_a_path_is_compared_as_a_whole_with_case_and_without_the_query(
    pattern: str, path: str, met: bool
) -> None:
    assert meets(f"https://a.com{path}", path=pattern) is met


# "Query string conditions": version=v1, or any key set to example.
@pytest.mark.parametrize(
    ("query", "met"),
    [
        ("version=v1", True),
        ("VERSION=V1", True),
        ("a=b&version=v1", True),
        ("theme=example", True),
        ("theme=my-example-2", True),
        ("version=v2", False),
        ("", False),
    ],
)
def test_a_query_is_searched_pair_by_pair_without_case(query: str, met: bool) -> None:
    asked = [("version", "v1"), ("", "*example*")]
    assert meets(f"https://a.com/?{query}", query=asked) is met


def test_a_backslash_makes_a_star_of_a_query_a_star() -> None:
    asked = [("q", r"\*")]
    assert meets("https://a.com/?q=*", query=asked)
    assert not meets("https://a.com/?q=ab", query=asked)


# "Source IP address conditions"
@pytest.mark.parametrize(
    ("address", "met"),
    [
        ("192.0.2.200", True),
        ("192.0.3.1", False),
        ("198.51.100.10", True),
        ("198.51.100.11", False),
        ("2001:db8::1", False),
    ],
)
def test_a_source_is_an_address_in_a_block(address: str, met: bool) -> None:
    asked = ["192.0.2.0/24", "198.51.100.10/32"]
    found = answer_to([a_rule(10, source=asked)], "https://a.com/", source=address)
    assert (found == YES) is met


def test_a_source_is_not_what_a_header_says() -> None:
    headers = {"X-Forwarded-For": "192.0.2.200"}
    rules = [a_rule(10, source="192.0.2.0/24")]
    assert answer_to(rules, "https://a.com/", headers=headers, source="203.0.113.9") == NO


# "Listener rules": evaluated in priority order, from the lowest value to the highest.
def test_the_lowest_number_is_tried_first_wherever_it_stands() -> None:
    rules = [a_rule(20, "late", path="/a*"), a_rule("3", "early", path="/ab")]
    assert answer_to(rules, "https://a.com/ab") == "group early"
    assert answer_to(rules, "https://a.com/a") == "group late"


def test_all_conditions_of_a_rule_must_hold() -> None:
    rules = [a_rule(1, host="a.com", path="/a")]
    assert answer_to(rules, "https://a.com/a") == YES
    assert answer_to(rules, "https://b.com/a") == NO


def test_the_default_rule_comes_last_and_is_the_answers_own_where_it_has_one() -> None:
    last = {"Priority": "default", "IsDefault": True, "Conditions": [], "Actions": [fixed("503")]}
    rules = [last, a_rule(7, path="/a")]
    assert answer_to(rules, "https://a.com/a") == YES
    assert answer_to(rules, "https://a.com/b") == "answer 503"


# "Redirect actions"
def test_what_a_redirect_leaves_out_stays_as_it_came() -> None:
    rules = [a_rule(1, redirect(protocol="HTTPS", port="443"), path="*")]
    found = answer_to(rules, "http://a.com/b/c?d=e", listener=Listener("HTTP", 80))
    assert found == "301 https://a.com/b/c?d=e"


def test_keywords_carry_parts_over() -> None:
    there = redirect(
        "HTTP_302", host="example.#{host}", path="/new/#{path}", query="#{query}&value=xyz"
    )
    found = answer_to([a_rule(1, there, path="*")], "https://a.com/b?d=e")
    assert found == "302 https://example.a.com/new/b?d=e&value=xyz"


def test_an_empty_query_drops_it() -> None:
    rules = [a_rule(1, redirect(path="/b", query=""), path="/a")]
    assert answer_to(rules, "https://a.com/a?d=e") == "301 https://a.com/b"


def test_another_port_is_said() -> None:
    rules = [a_rule(1, redirect(port="8443"), path="*")]
    assert answer_to(rules, "https://a.com/") == "301 https://a.com:8443/"


# "Forward actions": weights 10 and 20 send twice as many requests to the second group.
def test_weights_are_shares_of_their_sum() -> None:
    rules = [a_rule(1, weighted(one=10, two=20), path="*")]
    assert answer_to(rules, "https://a.com/") == "66.7 % two and 33.3 % one"


def test_a_weight_of_nothing_is_nobody() -> None:
    rules = [a_rule(1, weighted(one=0, two=5), path="*")]
    assert answer_to(rules, "https://a.com/") == "group two"


# "Fixed-response actions"
def test_a_fixed_answer_has_a_code() -> None:
    assert answer_to([a_rule(1, fixed("200"), path="*")], "https://a.com/") == "answer 200"
