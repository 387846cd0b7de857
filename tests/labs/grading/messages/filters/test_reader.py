"""What the services refuse, and the examples of their guides."""

from __future__ import annotations

import pytest

from labs.grading.messages.filters.dialect import EVENTBRIDGE, SNS_ATTRIBUTES, SNS_BODY, Dialect
from labs.grading.messages.filters.reader import read_filter


def refused(value: object, dialect: Dialect = EVENTBRIDGE) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in read_filter(value, dialect).refusals]


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        ({}, "filter.empty", "Name at least one field"),
        ({"detail": {}}, "filter.empty", 'Name a field in "detail"'),
        ({"source": []}, "filter.empty", 'Put a value into the list of "source"'),
        ({"source": "aws.s3"}, "filter.not-a-list", '"source": ["aws.s3"]'),
        ({"detail": {"n": 5}}, "filter.not-a-list", '"n": [ … ]'),
        ({"source": {"prefix": "aws."}}, "filter.not-a-list", '"source": [{ … }]'),
        ({"n": {"numeric": [">", 5]}}, "filter.not-a-list", '"n": [{ … }]'),
        ({"detail.state": ["a"]}, "filter.dotted", '{"detail": {"state": […]}}'),
        ({"n": [{"greater-than": 5}]}, "filter.operator", '{"numeric": [">", …]}'),
        ({"n": [{"prefx": "a"}]}, "filter.operator", "Write prefix"),
        ({"n": [{"prefix": "a", "suffix": "b"}]}, "filter.operator", "one operator in each"),
        ({"n": [{"exists": "true"}]}, "filter.operator", "true or false"),
        ({"n": [{"cidr": "10.0.0"}]}, "filter.operator", "10.0.0.0/24"),
        ({"n": [{"prefix": 5}]}, "filter.operator", "text here"),
        ({"n": [{"anything-but": ["a", 5]}]}, "filter.operator", "of one kind"),
        ({"n": [{"anything-but": {"exists": True}}]}, "filter.operator", "prefix, suffix"),
        ({"n": [{"numeric": [">"]}]}, "filter.numeric", "in turn"),
        ({"n": [{"numeric": [">", "5"]}]}, "filter.numeric", "without quotation marks"),
        ({"n": [{"numeric": ["!=", 5]}]}, "filter.numeric", "A comparison is one of"),
        ({"n": [{"numeric": ["<", 5, ">", 1]}]}, "filter.numeric", "lower end first"),
        ({"n": [{"numeric": [">", 5, "<", 5]}]}, "filter.numeric", "turn the range round"),
        ({"n": [{"numeric": [">", 6e9]}]}, "filter.number", "5e+09"),
        ({"n": [5.5]}, "filter.number", '{"numeric": ["=", 5.5]}'),
        ({"n": [["a"]]}, "filter.form", "inner brackets"),
        ({"n": [{"wildcard": "a**b"}]}, "filter.wildcard", "One star is enough"),
        ({"n": [{"wildcard": "a\\b"}]}, "filter.wildcard", "Behind a backslash"),
        ({"$or": [{"a": ["b"]}]}, "filter.or", "two objects or more"),
        ({"$or": [{"a": ["b"]}, {}]}, "filter.or", "two objects or more"),
    ],
)  # fmt: skip
def test_what_eventbridge_refuses_is_named_with_what_to_write(
    value: object, code: str, words: str
) -> None:
    ((found, message),) = refused(value)
    assert found == code
    assert words in message


@pytest.mark.parametrize(
    ("value", "dialect", "code"),
    [
        ({letter: ["x"] for letter in "abcdef"}, SNS_ATTRIBUTES, "filter.too-many"),
        ({letter: ["x"] for letter in "abcdef"}, SNS_BODY, "filter.too-many"),
        ({"detail": {"state": ["x"]}}, SNS_ATTRIBUTES, "filter.not-a-list"),
        ({"n": [{"numeric": [">", 2e9]}]}, SNS_BODY, "filter.number"),
        ({"n": [{"prefix": {"equals-ignore-case": "a"}}]}, SNS_BODY, "filter.operator"),
        ({"n": [{"anything-but": {"equals-ignore-case": "a"}}]}, SNS_BODY, "filter.operator"),
    ],
)
def test_sns_takes_less(value: object, dialect: Dialect, code: str) -> None:
    assert [found for found, _message in refused(value, dialect)] == [code]
    assert refused({"n.m": ["a name with a dot"]}, SNS_ATTRIBUTES) == []


def test_many_groups_are_refused_before_they_are_multiplied() -> None:
    groups = [{"a": [str(number)]} for number in range(60)]
    value: dict = {"$or": groups, "b": {"$or": groups}}
    assert "filter.too-many" in [code for code, _message in refused(value)]


EVENT = {
    "source": ("aws.ec2",),
    "detail.state": ("terminated",),
    "detail.c-count": (5,),
    "detail.source-ip": ("10.0.0.33",),
    "resources": ("arn:one", "arn:two"),
    "nothing": (None,),
    "empty": ("",),
}


@pytest.mark.parametrize(
    ("value", "delivered"),
    [  # Amazon EventBridge User Guide, "Comparison operators for use in event patterns"
        ({"source": ["aws.ec2", "aws.fargate"]}, True),
        ({"detail": {"state": ["Terminated"]}}, False),
        ({"detail": {"state": [{"equals-ignore-case": "TERMINATED"}]}}, True),
        ({"detail": {"state": [{"anything-but": "initializing"}]}}, True),
        ({"detail": {"state": [{"anything-but": ["stopped", "terminated"]}]}}, False),
        ({"detail": {"state": [{"anything-but": {"prefix": "init"}}]}}, True),
        ({"detail": {"state": [{"anything-but": {"suffix": ["ed", "ing"]}}]}}, False),
        ({"detail": {"c-count": [{"numeric": [">", 0, "<=", 5]}]}}, True),
        ({"detail": {"c-count": [{"numeric": ["<", 10]}], "state": ["stopped"]}}, False),
        ({"detail": {"c-count": ["5"]}}, False),
        ({"detail": {"c-count": [5]}}, True),
        ({"detail": {"source-ip": [{"cidr": "10.0.0.0/24"}]}}, True),
        ({"detail": {"source-ip": [{"cidr": "10.0.1.0/24"}]}}, False),
        ({"detail": {"d-count": [{"exists": False}]}}, True),
        ({"detail": {"state": [{"exists": True}]}}, True),
        ({"detail": [{"exists": True}]}, False),  # an object is no leaf
        ({"resources": ["arn:two"]}, True),
        ({"resources": [{"anything-but": "arn:one"}]}, True),
        ({"nothing": [None]}, True),
        ({"empty": [""]}, True),
        ({"nothing": [""]}, False),
        ({"source": [{"wildcard": "aws.*"}]}, True),
        ({"source": [{"wildcard": "aws*ec"}]}, False),
        ({"source": [{"prefix": {"equals-ignore-case": "AWS."}}]}, True),
        ({"$or": [{"source": ["aws.s3"]}, {"detail": {"c-count": [5]}}]}, True),
        ({"$or": [{"source": ["aws.s3"]}, {"detail": {"c-count": [6]}}]}, False),
    ],
)
def test_events_of_the_guide_get_through_as_it_says(value: object, delivered: bool) -> None:
    read = read_filter(value, EVENTBRIDGE)
    assert read.refusals == ()
    assert read.found.delivers(EVENT) is delivered
