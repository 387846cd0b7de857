from __future__ import annotations

import json
from contextlib import suppress
from random import Random

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import advice, exercise_of, grade
from labs.grading.kinds import KINDS
from labs.grading.kinds.decode import behaviour
from labs.grading.report import Finding, Report
from tests.effort import effort

KIND = KINDS["decode"]
TYPES = {"reads": "instance-type", "items": [{"name": "c7gn.2xlarge"}, {"name": "g5.xlarge"}]}
ARNS = {
    "reads": "arn",
    "items": [
        {"name": "user", "text": "arn:aws:iam::111122223333:user/ana"},
        {"name": "file", "text": "arn:aws:s3:::reports/2026/may.pdf"},
        {"name": "server", "text": "arn:aws:ec2:eu-west-2:111122223333:instance/i-0a"},
    ],
}
PLACES = {
    "reads": "place",
    "items": [{"name": "eu-west-2"}, {"name": "eu-west-2a"}, {"name": "us-east1"}],
}
ECR = "111122223333.dkr.ecr.eu-west-2.amazonaws.com"
IMAGES = {"reads": "image", "items": [{"name": "a", "text": f"{ECR}/shop/web"}]}
LIE, ANA, BEN, PROXY = "10.9.9.9", "203.0.113.7", "198.51.100.7", "192.0.2.1"
VISITORS = {
    "reads": "visitor",
    "items": [
        {"name": "guest", "peer": ANA, "balancer": "10.0.1.20", "header": [LIE]},
        {"name": "cached", "peer": PROXY, "balancer": "10.0.1.20", "header": [LIE, BEN],
         "own_proxies": 1},
        {"name": "kept", "peer": ANA, "balancer": "10.0.1.20", "header": [BEN], "mode": "preserve"},
    ],
}  # fmt: skip
CERTIFICATES = {
    "reads": "certificate",
    "default": "other",
    "certificates": [
        {"name": "exact", "names": ["shop.example.com"]},
        {"name": "star", "names": ["*.example.com"]},
        {"name": "other", "names": ["example.net"]},
    ],
    "items": [
        {"name": "shop", "host": "shop.example.com"},
        {"name": "news", "host": "news.example.com"},
        {"name": "deep", "host": "a.news.example.com"},
        {"name": "bare", "host": "example.com"},
        {"name": "old", "host": "news.example.com", "sni": False},
        {"name": "net", "host": "example.net"},
    ],
}
SPECS = [TYPES, ARNS, PLACES, IMAGES, VISITORS, CERTIFICATES]
NEAR_MISSES = [
    (TYPES, "c7gn.2xlarge", "family", "c7gn", "type.class-for-family"),
    (TYPES, "c7gn.2xlarge", "family", "c7", "type.class-for-family"),
    (TYPES, "c7gn.2xlarge", "family", "g", "type.graviton-or-graphics"),
    (TYPES, "g5.xlarge", "attributes", "g", "type.graviton-or-graphics"),
    (TYPES, "c7gn.2xlarge", "family", "7", "type.other-part"),
    (TYPES, "c7gn.2xlarge", "generation", "c", "type.other-part"),
    (TYPES, "c7gn.2xlarge", "size", "large", "type.other-size"),
    (TYPES, "c7gn.2xlarge", "attributes", "n", "type.wrong-part"),
    (TYPES, "c7gn.2xlarge", "attributes", "none", "type.wrong-part"),
    (TYPES, "g5.xlarge", "purpose", "general", "type.other-purpose"),
    (ARNS, "user", "region", "us-east-1", "arn.not-empty"),
    (ARNS, "user", "name", "user/ana", "arn.type-in-name"),
    (ARNS, "file", "type", "reports", "arn.folder-for-type"),
    (ARNS, "file", "name", "may.pdf", "arn.wrong-part"),
    (ARNS, "server", "service", "eu-west-2", "arn.other-part"),
    (ARNS, "server", "name", "I-0A", "arn.wrong-part"),
    (PLACES, "eu-west-2", "kind", "zone", "place.zone-for-region"),
    (PLACES, "eu-west-2a", "kind", "Region", "place.region-for-zone"),
    (PLACES, "eu-west-2a", "region", "eu-west-2a", "place.letter-kept"),
    (PLACES, "us-east1", "kind", "region", "place.no-such-name"),
    (PLACES, "us-east1", "region", "us-east-1", "place.no-such-name"),
    (PLACES, "eu-west-2", "kind", "neither", "place.is-one"),
    (IMAGES, "a", "tag", "none", "image.latest"),
    (IMAGES, "a", "repository", "web", "image.repository-cut"),
    (IMAGES, "a", "account", "eu-west-2", "image.other-part"),
    (VISITORS, "guest", "visitor", LIE, "visitor.first"),
    (VISITORS, "guest", "source", ANA, "visitor.balancer"),
    (VISITORS, "guest", "visitor", "10.0.1.20", "visitor.balancer"),
    (VISITORS, "guest", "header", f"{ANA}, {LIE}", "visitor.header"),
    (VISITORS, "cached", "visitor", PROXY, "visitor.own-proxy"),
    (VISITORS, "cached", "visitor", LIE, "visitor.first"),
    (VISITORS, "kept", "visitor", BEN, "visitor.invented"),
    (CERTIFICATES, "shop", "certificate", "star", "sni.exact-first"),
    (CERTIFICATES, "deep", "certificate", "star", "sni.one-label"),
    (CERTIFICATES, "bare", "certificate", "star", "sni.bare-domain"),
    (CERTIFICATES, "news", "certificate", "other", "sni.default-too-soon"),
    (CERTIFICATES, "old", "certificate", "star", "sni.no-name"),
    (CERTIFICATES, "net", "warning", "yes", "sni.warning"),
    (CERTIFICATES, "net", "certificate", "exact", "sni.wrong-part"),
    (CERTIFICATES, "net", "certificate", "what", "sni.wrong-part"),
]


def report(text: str, table: dict = TYPES) -> Report:
    return grade(KIND, table=table, files={}, text=text)


def failed(text: str, table: dict = TYPES) -> list[Finding]:
    return [one for one in report(text, table).findings if not one.passed]


def test_all_parts_score_everything_and_are_shown() -> None:
    found = report(
        "c7gn.2xlarge: {family: C, generation: 7, attributes: 'n, g', size: 2xlarge,"
        " purpose: compute optimised}\n"
        'g5.xlarge: {family: g, generation: "5", attributes: none, size: xlarge,'
        " purpose: accelerated}"
    )
    assert found.percent == 100
    assert found.outcomes[0].expected == (
        "family “c”, generation “7”, attributes “g n”, size “2xlarge”, purpose “compute”"
    )


@pytest.mark.parametrize(("table", "item", "part", "given", "code"), NEAR_MISSES)
def test_a_near_miss_is_named_where_it_stands(
    table: dict, item: str, part: str, given: str, code: str
) -> None:
    text = f"{item}:\n  {part}: {given}\n"
    [found] = [one for one in failed(text, table) if one.at and one.line == 2]
    assert (found.code, found.section) == (code, KIND.CODES[code].section)
    assert found.counterexample is not None
    assert found.counterexample["item"] == item
    assert behaviour(found, "") == f"misreads|{part}"


@pytest.mark.parametrize("table", SPECS, ids=lambda table: table["reads"])
def test_what_is_expected_is_not_told_of_a_wrong_item(table: dict) -> None:
    names = [item["name"] for item in table["items"]]
    found = report("".join(f"{name}: {{x: y}}\n" for name in names), table)
    assert found.points == 0
    assert {outcome.expected for outcome in found.outcomes} == {""}
    assert {finding.expected for finding in found.findings} == {""}


def test_of_an_item_that_is_partly_right_the_right_parts_count() -> None:
    found = report("g5.xlarge:\n  family: g\n  generation: 5\n  size: large\n")
    assert (found.points, found.max_points) == (2, 10)
    assert [one.message for one in found.findings] == [
        "c7gn.2xlarge: nothing is filled in.",
        "g5.xlarge: not filled in: attributes, purpose.",
        "g5.xlarge, size: “large” is not right.",
        "g5.xlarge: right are family, generation.",
    ]


def test_a_typing_error_in_a_name_is_pointed_at_while_one_types() -> None:
    [first, second] = advice(
        KIND, table=TYPES, files={}, text="g5.xlarge:\n  familly: g\nc7gn.2xlarg: {size: x}"
    )
    assert (first.line, first.points, first.message) == (
        2, 0, "“familly” is not asked for. Do you mean “family”?",
    )  # fmt: skip
    assert "“c7gn.2xlarge”" in second.message


def test_of_a_single_part_the_name_may_be_left_out() -> None:
    table = {**CERTIFICATES, "parts": ["certificate"], "items": CERTIFICATES["items"][:1]}
    assert report("shop: exact", table).percent == 100
    assert report("shop: {certificate: exact}", table).percent == 100
    assert report("shop: exact", CERTIFICATES).points == 0


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"reads": "tea-leaves", "items": []}, "spec.reads: is “tea-leaves”"),
        ({**TYPES, "parts": ["colour"]}, "spec.parts: not some of family"),
        ({**TYPES, "items": []}, "nothing is worth a point"),
        ({**TYPES, "items": [{"name": "x"}]}, "spec.items[1].text: 'x' is no name"),
        ({**TYPES, "items": [{"name": "a", "text": "t3.nano"}] * 2}, "twice"),
        ({**TYPES, "colour": "red"}, "unknown key"),
        ({**CERTIFICATES, "default": "none"}, "is the name of no certificate"),
        ({**CERTIFICATES, "certificates": []}, "spec.certificates: is missing"),
        (
            {**CERTIFICATES, "default": "a",
             "certificates": [{"name": name, "names": ["x.org"]} for name in "ab"]},
            "two of them have the same name",
        ),
        (
            {**VISITORS, "items": [{"name": "a", "peer": "you", "balancer": "10.0.0.1"}]},
            "spec.items[1].peer",
        ),
    ],
)  # fmt: skip
def test_a_spec_that_cannot_be_asked_is_refused(table: dict, words: str) -> None:
    with pytest.raises(SpecError) as raised:
        KIND.read_spec(table, {})
    assert words in str(raised.value)


PIECES = [
    *(
        "a",
        "file",
        "g5.xlarge",
        "us-east1",
        "family",
        "header",
        "visitor",
        "certificate",
        ":",
        ": ",
    ),
    *("{", "}", ",", '"', "'", "#", " #", "\n", "\n  ", "\n- ", "none", "-", "~", "é", "“", "\t"),
    *("5", "10.9.9.9", "arn:aws:s3:::x", "*.x", "[", "]", '{"a": {"family": ', "1e999", "\x85"),
]


def test_any_text_is_judged_or_refused() -> None:
    """5,000 hostile answers to every sort of name."""
    random = Random(20261127)
    exercises = [exercise_of(KIND, table=table, files={}) for table in SPECS]
    judged = 0
    for number in range(5_000):
        text = "".join(random.choices(PIECES, k=random.randrange(1, 60)))
        try:
            found = exercises[number % len(exercises)].grade(text)
        except AnswerError:
            continue
        judged += 1
        assert {finding.code for finding in found.findings} <= set(KIND.CODES)
        assert not found.passed
        json.dumps(found.as_json())
    assert judged > 100


@pytest.mark.parametrize(
    "text",
    [
        "a: {" + "b: c, " * 1_300 + "}",
        "".join(f"a{number}: {{b: c}}\n" for number in range(299)),
        "g5.xlarge:\n  family: " + "g" * 7_900,
        "a: " + "{" * 7_900,
        "'" * 7_900,
        " " * 7_900 + "a: b",
        "a: {" + "b" * 7_000 + ": " + "x" * 900,
    ],
)
def test_the_longest_texts_cost_little(text: str) -> None:
    exercise = exercise_of(KIND, table=TYPES, files={})

    def work() -> None:
        with suppress(AnswerError):
            exercise.grade(text)

    assert effort(work, enough=2) <= 2
