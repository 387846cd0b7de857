"""Whatever a learner types: an answer that can be judged, or an AnswerError with a place.
Nothing else."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labs.grading.errors import AnswerError
from labs.grading.grade import read_answer
from labs.grading.kinds import KINDS
from tests.labs.grading.network.permissions_by_point import rule_lists

KIND = KINDS["security-group"]
SOLUTION = json.dumps(
    [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
)
SPEC = KIND.read_spec({}, {"solution.json": SOLUTION})
KEYS = [
    "IpProtocol",
    "FromPort",
    "ToPort",
    "IpRanges",
    "CidrIp",
    "GroupId",
    "UserIdGroupPairs",
    "inbound",
    "outbound",
]
ATOMS = [
    None,
    True,
    -1,
    0,
    22,
    65536,
    10**30,
    1.5,
    "",
    "-1",
    "tcp",
    "0.0.0.0/0",
    "::/0",
    "sg-a",
    "ﬀ",
    "1" * 500,
]


def judged(text: str) -> str:
    """`percent` of a readable answer, or the place of what cannot be read."""
    try:
        report = KIND.check(read_answer(KIND, text), SPEC)
    except AnswerError as error:
        return f"unreadable: {error}"
    json.dumps(report.as_json())
    return f"{report.percent}"


values = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(values)
def test_any_json_is_judged_or_refused(value):
    assert judged(json.dumps(value))


@settings(max_examples=200, deadline=None)
@given(rule_lists, st.integers(0, 10**6))
def test_a_damaged_answer_is_judged_or_refused(permissions, seed):
    dice = random.Random(seed)
    text = list(json.dumps({"inbound": permissions}, indent=1))
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(text))
        text[at] = dice.choice(
            ["", '"', "{", "]", ",", "9", "\0", "é", "-", text[at] * 2, "\ud800"]
        )
    assert judged("".join(text))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="inbound:\n-tcp 80fromsg/.,#[]{}1 ", max_size=120))
def test_any_lines_are_judged_or_refused(text):
    assert judged(text)


@settings(max_examples=100, deadline=None)
@given(rule_lists)
def test_the_same_answer_is_judged_the_same_twice(permissions):
    text = json.dumps(permissions)
    assert judged(text) == judged(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        '{"inbound":' * 5_000,
        "[" + "[]," * 20_000 + "[]]",
        "inbound:\n" + "- all from ::/0\n" * 3_000,
        json.dumps(
            [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": f"10.0.{n}.0/24"} for n in range(250)]}]
        ),
        '[{"IpProtocol": "' + "t" * 60_000 + '"}]',
        '[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/' + "9" * 5_000 + '"}]}]',
    ],
    ids=["arrays", "objects", "wide", "lines", "rules", "word", "digits"],
)
def test_a_bomb_is_refused(text):
    assert judged(text).startswith("unreadable")
