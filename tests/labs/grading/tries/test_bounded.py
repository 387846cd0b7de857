"""An answer is given in the process that answers the request: in steps that the texts' size
bounds, and never by a fault."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

import pytest

from labs.grading.tries import TRY_KINDS
from labs.grading.tries.kind import LONGEST_LINE, MOST, FieldError, TryKind
from tests.labs.grading.test_bounded_parsers import hostile, steps_of

MOST_STEPS = 200_000  # lines of Python; the most that was seen is 104,088, and 15 ms
ARN = "arn:aws:s3:::" + "a" * (LONGEST_LINE - 13)
PARTS = [
    *('"', "{", "}", "[", ":", ",", "*", "/", "0", "99999", "tcp", "-", "\n", " ", "\ufffd"),
    *("\u202e", "arn:aws:s3:::", "Statement", "inbound:", "from", "vpc", "10.0.0.0/8"),
]
SOUND = {
    "request": {
        "policy": "",
        "action": "s3:GetObject",
        "resource": ARN,
        "aws:UserAgent": "a" * 299,
    },
    "group": {"rules": "", "protocol": "tcp", "port": "1", "source": "10.0.0.1"},
    "acl": {"rules": "", "protocol": "tcp", "port": "1", "source": "10.0.0.1", "client-port": "2"},
    "subnets": {"plan": ""},
    "route": {"routes": "", "destination": "10.0.0.1"},
    "pattern": {"pattern": "", "arn": ARN},
    "block": {"block": "", "address": "10.0.0.1"},
}
LINES = {
    "group": [
        "inbound:\n  - tcp 1-65535 from 10.0.0.0/8\n",
        "inbound:\n" + "- all from ::/0\n" * 250,
    ],
    "acl": ["inbound:\n" + "".join(f"- {n} deny all from 1.1.1.1/32\n" for n in range(1, 40))],
    "subnets": ["vpc 0.0.0.0/0\n" + "".join(f"subnet {n} {n}.0.0.1/28\n" for n in range(30))],
    "route": ["".join(f"10.0.{n}.0/24 x\n" for n in range(50))],
    "pattern": ["arn:aws:s3:::" + "*?a" * 95, "arn:aws:s3:::" + "?" * 280, "*" * 300],
}


def policies() -> Iterator[str]:
    """As much as fits of what costs most: patterns, values, variables, statements."""
    statement = {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::x"}
    for pattern in ("*?a" * 1200, "*a" * 1800, "?" * 3600, "${aws:UserAgent}" * 220 + "b"):
        yield policy(statement | {"Resource": f"arn:aws:s3:::{pattern}"})
        agent = {"StringLike": {"aws:UserAgent": f"{pattern}b"}}
        yield policy(statement | {"Resource": "*", "Condition": agent})
    yield policy(*[{"Effect": "Deny", "Action": "*", "Resource": "a"}] * 80)
    yield policy(statement | {"Resource": [f"arn:aws:s3:::*{n}*a" for n in range(170)]})


def policy(*statements: dict[str, object]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements}, separators=(",", ":"))


def texts_for(kind: str, most: int) -> Iterator[str]:
    yield from (text[:most] for text in hostile(most, LINES.get(kind, [])))
    yield from LINES.get(kind, [])
    yield from policies() if kind == "request" else []


@pytest.mark.parametrize("name", TRY_KINDS)
def test_the_worst_text_takes_a_moment(name):
    kind, start = TRY_KINDS[name], SOUND[name]
    first = kind.fields(frozenset(start))[0]
    worst = max(
        steps_of(lambda text=text: kind.answer(start | {first.name: text}))
        for text in texts_for(name, first.most)
        if len(text) <= first.most
    )
    assert worst < MOST_STEPS


@pytest.mark.parametrize("name", TRY_KINDS)
def test_whatever_is_typed_is_answered_or_said_in_words(name):
    kind, start = TRY_KINDS[name], SOUND[name]
    chance = random.Random(7)
    for _ in range(400):
        texts = {
            field: "".join(chance.choices(PARTS, k=chance.randrange(9)))
            if chance.random() < 0.6
            else text
            for field, text in start.items()
        }
        assert said(kind, texts)


def said(kind: TryKind, texts: dict[str, str]) -> str:
    try:
        return kind.answer(texts).words
    except FieldError as error:
        return error.message if error.field in texts else ""


def test_the_policies_are_as_long_as_may_be():
    assert max(len(text) for text in policies() if len(text) <= MOST) > MOST * 0.8
