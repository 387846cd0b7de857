"""The kind alb-listener-rules: a lab's spec, verdicts, findings and what the editor offers."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from labs.grading.balancing.exercise.codes import MISTAKE_CODES, REFUSED_CODES
from labs.grading.behaviour import words_of
from labs.grading.errors import AnswerError, SpecError, Undecided
from labs.grading.grade import advice, exercise_of, grade, read_answer
from labs.grading.kinds import alb_listener_rules as kind
from labs.grading.mutants.listener_rules import broken_rules
from labs.grading.report import Report
from tests.effort import effort
from tests.labs.grading.balancing.texts import a_rule, fixed, redirect, weighted

SOLUTION = json.dumps(
    [a_rule(10, "users", path=["/users", "/users/*"]), a_rule(20, "web", host="osman.com")]
)
FILES = {"solution.json": SOLUTION}
REQUESTS: list[dict[str, object]] = [
    {"name": "users", "url": "https://osman.com/users/7", "expect": "group users", "why": "below"},
    {"name": "home", "url": "https://osman.com/", "expect": "group web", "points": 2},
    {"name": "other", "url": "https://a.com/", "expect": "answer 404", "hidden": True},
]
SPEC: dict[str, object] = {"requests": REQUESTS}


def verdict(*rules: object, **spec: object) -> Report:
    return grade(kind, table={**SPEC, **spec}, files=FILES, text=json.dumps(rules))


def codes_of(report: Report) -> list[str]:
    return [one.code for one in report.findings if not one.passed]


def test_the_solution_passes() -> None:
    report = grade(kind, table=SPEC, files=FILES, text=SOLUTION)
    assert report.passed
    assert (report.points, report.max_points) == (10, 10)
    assert report.relation is not None


def test_the_page_gets_what_comes_to_each_rule_and_what_stays_there() -> None:
    report = verdict(a_rule(20, "web", host="osman.com"), a_rule(10, "users", path="/users/*"))
    rungs = report.extra["ladder"]
    assert [(one["come"], one["takes"], one["left"], one["taken"]) for one in rungs] == [
        (2, 1, "100.00%", "50.00%"),
        (1, 1, "50.00%", "50.00%"),
        (0, 0, "0.00%", "0.00%"),
    ]
    assert rungs[0]["requests"] == [{"name": "users", "right": True}]
    assert "other" not in str(rungs)  # a hidden request


def test_a_page_draws_no_more_rules_than_it_can_show() -> None:
    many = [a_rule(number, "web", path=f"/{number}") for number in range(1, 40)]
    assert verdict(*many).extra["ladder"] == []


def test_a_wrong_answer_is_shown_the_request_that_goes_elsewhere() -> None:
    report = verdict(a_rule(10, "users", path="/users/*"), a_rule(20, "web", host="osman.com"))
    assert [one.passed for one in report.outcomes] == [True, True]
    assert report.headline is not None
    assert report.headline.message == (
        "GET osman.com/users ends with group web, by rule 20 (host osman.com), and not with "
        "group users."
    )
    assert report.headline.line == 1
    assert "alb.bare-path" in codes_of(report)
    assert (report.points, report.max_points) == (4, 10)


def test_a_table_says_what_is_expected_what_comes_and_why() -> None:
    first, second = verdict(a_rule(5, "users", path="/users*")).outcomes
    assert (first.what, first.expected, first.yours) == (
        "GET osman.com/users/7", "group users", "group users",
    )  # fmt: skip
    assert (second.yours, second.because, second.passed) == (
        "answer 404",
        "the default rule",
        False,
    )


def test_a_hidden_request_counts_and_is_not_in_the_table() -> None:
    report = verdict(a_rule(1, "web", path="*"))
    hidden = [one for one in report.findings if one.hidden]
    assert [one.passed for one in hidden] == [False]
    assert [one.name for one in report.outcomes] == ["users", "home"]


def test_rules_that_aws_refuses_are_not_decided() -> None:
    report = verdict(a_rule(1, "web", host="localhost"))
    assert report.refused
    assert not report.passed
    assert codes_of(report) == ["alb.host-form", "alb.not-decided"]
    assert report.max_points == 10


def test_rules_too_tangled_to_compare_are_left_to_a_human() -> None:
    letters = "abcdefghijklmnopqrstuv"
    rules = [
        a_rule(number, "web", header=(f"X-{letter}", [f"{letter}*"]), path=f"/*{letter}*")
        for number, letter in enumerate(letters, start=1)
    ]
    spec = {"requests": [], "compare": 1}
    with pytest.raises(Undecided):
        verdict(*rules, **spec)
    assert not verdict(*rules).passed  # a request is known to be wrong


def test_what_is_seen_while_one_types_needs_no_solution() -> None:
    text = json.dumps([a_rule(1, path="/a*"), a_rule(2, path="/a/b")])
    found = advice(kind, table=SPEC, files=FILES, text=text)
    assert [one.code for one in found] == ["alb.shadowed"]


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ({"listener": "TLS:443"}, "spec.listener"),
        ({"requests": [{**REQUESTS[0], "expect": "group web"}]}, "users: group users, and not"),
        ({"requests": [{**REQUESTS[0], "url": "osman.com/users"}]}, "is not an address"),
        ({"requests": [{**REQUESTS[0], "source": "here"}]}, "does not appear to be an IPv4"),
        ({"requests": [], "compare": 0}, "nothing is worth a point"),
        ({"colour": "red"}, "unknown key"),
        ({"expected": "other.json"}, "other.json is missing"),
    ],
)
def test_a_wrong_spec_is_named(spec: dict[str, object], said: str) -> None:
    with pytest.raises(SpecError, match=said):
        verdict(a_rule(1, path="/a"), **spec)


def test_a_solution_that_aws_refuses_is_the_labs_fault() -> None:
    files = {"solution.json": json.dumps([a_rule(1, host="localhost")])}
    with pytest.raises(SpecError, match="Give localhost a dot"):
        grade(kind, table=SPEC, files=files, text=SOLUTION)


def test_the_default_action_may_be_a_group() -> None:
    requests = [{**REQUESTS[2], "expect": "group old"}]
    report = verdict(*json.loads(SOLUTION), requests=requests, default="old")
    assert report.passed


def test_every_code_leads_to_a_section() -> None:
    assert all(one.title and one.explanation and one.section for one in kind.CODES.values())
    assert set(REFUSED_CODES) | set(MISTAKE_CODES) < set(kind.CODES)


def test_a_verdict_in_short_says_what_the_report_says() -> None:
    exercise = exercise_of(kind, table=SPEC, files=FILES)
    for mutant in broken_rules(SOLUTION):
        answer = read_answer(kind, mutant.text)
        report = kind.check(answer, exercise.spec)
        held = kind.holds(answer, exercise.spec)
        assert held == (None if report.refused else [one.passed for one in report.checks])


def test_mistakes_are_counted_without_names() -> None:
    found = verdict(a_rule(1, redirect(path="/b"), path="/*"))
    keys = {kind.behaviour(one, SOLUTION) for one in found.findings if one.cases}
    assert keys == {"routes|redirect|target-group", "routes|redirect|fixed-answer"}
    assert words_of("routes|redirect|target-group") == (
        "ends in a redirect, in the place of a target group"
    )
    by_default = verdict(a_rule(1, weighted(a=1, b=2), host="b.com"))
    key = "routes|listener-default|target-group"
    assert {kind.behaviour(one, SOLUTION) for one in by_default.findings if one.cases} == {key}


def test_the_solution_is_broken_in_every_way() -> None:
    more = [
        *json.loads(SOLUTION),
        a_rule(30, redirect(protocol="HTTPS", port="8443"), source="10.0.0.0/8"),
        a_rule(40, weighted(a=9, b=1), query=[("v", "1")], header=("X-A", ["b"])),
        a_rule(50, fixed("503"), method="GET", host="*.b.com"),
    ]
    names = [mutant.name for mutant in broken_rules(json.dumps(more))]
    assert len(names) == len(set(names)) > 60
    assert {
        "without rule 10",
        "rule 10 at 20",
        "rule 40: weight 0 is 10",
        "rule 30: no Port",
    } <= set(names)


WORDS: list[Any] = [
    None, True, 0, 1, -1, 1e9, "", "*", "/a*", "a.com", "default", "10", "forward", "redirect",
    "HTTP_301", "host-header", "path-pattern", "query-string", "source-ip", "http-header", "GET",
    "10.0.0.0/8", "#{path}", "/#{path}", "#{", "arn:aws:elasticloadbalancing:::targetgroup/a/b",
]  # fmt: skip
KEYS = [
    "Priority", "Conditions", "Actions", "Field", "Values", "Type", "TargetGroupArn",
    "RedirectConfig", "ForwardConfig", "TargetGroups", "Weight", "HostHeaderConfig",
    "PathPatternConfig", "QueryStringConfig", "HttpHeaderConfig", "HttpHeaderName",
    "SourceIpConfig", "Key", "Value", "StatusCode", "Rules", "IsDefault", "FixedResponseConfig",
    "Order",
]  # fmt: skip


def a_value(dice: random.Random, depth: int = 4) -> Any:
    turn = dice.random()
    if depth == 0 or turn < 0.4:
        return dice.choice(WORDS)
    if turn < 0.7:
        return [a_value(dice, depth - 1) for _ in range(dice.randrange(4))]
    return {dice.choice(KEYS): a_value(dice, depth - 1) for _ in range(dice.randrange(5))}


def one_mostly(dice: random.Random) -> int:
    return dice.choice([0, 2]) if dice.random() < 0.02 else 1


def spoilt(dice: random.Random, value: Any) -> Any:
    """A sound answer with something else in some places."""
    if dice.random() < 0.004:
        return a_value(dice, 2)
    if isinstance(value, dict):
        return {key: spoilt(dice, one) for key, one in value.items() if dice.random() > 0.003}
    if isinstance(value, list):
        return [spoilt(dice, one) for one in value for _ in range(one_mostly(dice))]
    return value


SOUND = [
    *json.loads(SOLUTION),
    a_rule(30, redirect(protocol="HTTPS", port="443", path="/a/#{path}"), path="/b*"),
    a_rule(40, weighted(a=9, b=1), query=[("v", "1"), ("", "*a*")]),
    a_rule(50, fixed("503"), header=("X-A", ["b*"]), source=["10.0.0.0/8", "::/0"]),
    a_rule("60", method=["GET", "HEAD"], host="*.osman.com"),
]


def hostile(dice: random.Random) -> str:
    match dice.randrange(4):
        case 0:
            return json.dumps(a_value(dice, 6))
        case 1:
            text = json.dumps(SOUND)
            at = dice.randrange(len(text))
            return (
                text[:at] + dice.choice(['"', "{", "]", ",", "\\", "é", "0", ""]) + text[at + 1 :]
            )
        case _:
            return json.dumps(spoilt(dice, SOUND))


def test_hostile_answers_are_judged_or_refused() -> None:
    dice, exercise = random.Random(11), exercise_of(kind, table=SPEC, files=FILES)
    judged = 0
    for _ in range(5_000):
        try:
            report = kind.check(read_answer(kind, hostile(dice)), exercise.spec)
        except (AnswerError, Undecided):
            continue
        judged += 1
        assert report.findings
        assert {one.code for one in report.findings} <= set(kind.CODES)
        json.dumps(report.as_json())
    assert judged > 500


def many(make: Callable[[int], dict[str, Any]]) -> str:
    return json.dumps([make(number) for number in range(1, 101)])


HOSTILE = {
    "stars": many(lambda n: a_rule(n, path=[f"/*{n}*a*", f"*b{n}*"])),
    "question marks": many(lambda n: a_rule(n, host="?" * 5 + f"{n}.com", path="/*?*?")),
    "headers": many(lambda n: a_rule(n, header=(f"X-{n}", ["*a*", "*b*"]))),
    "queries": many(lambda n: a_rule(n, query=[(f"k{n}", "*"), ("", f"*{n}*")])),
    "blocks": many(lambda n: a_rule(n, source=[f"10.{n}.0.0/16", f"{n}.0.0.0/8"], path=f"/{n}*")),
    "redirects": many(lambda n: a_rule(n, redirect(path=f"/{n}/#{{path}}"), path=f"/*{n}")),
    "long texts": many(lambda n: a_rule(n, path="/" + f"{n:03}" * 20 + "*" )),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_the_work_on_a_hostile_answer_has_an_end(name: str) -> None:
    exercise = exercise_of(kind, table=SPEC, files=FILES)

    def judge() -> None:
        with suppress(Undecided):
            kind.check(read_answer(kind, HOSTILE[name]), exercise.spec)

    most = 150
    assert effort(judge, enough=most) <= most
