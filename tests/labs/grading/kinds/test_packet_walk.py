from __future__ import annotations

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import grade, read_answer
from labs.grading.kinds import KINDS, packet_walk
from tests.labs.grading.network.small_network import NETWORK, OFFICE, STRANGER

PACKETS = [
    {
        "name": "office",
        "from": OFFICE,
        "to": "bastion",
        "port": 22,
        "why": "The office is in the rule.",
    },
    {"name": "stranger", "from": STRANGER, "to": "bastion", "port": 22},
    {"name": "quiet", "from": "bastion", "to": "web", "port": 22},
    {"name": "edge", "from": OFFICE, "to": "lb", "port": 22},
    {"name": "back", "from": OFFICE, "to": "lb", "port": 443, "client_port": 900},
]
RIGHT = {
    "office": "answered",
    "stranger": "group-in",
    "quiet": "refused",
    "edge": "acl-in",
    "back": "reply-acl-out",
}


def report(answer: dict[str, str] | str, **spec: object):
    text = (
        answer
        if isinstance(answer, str)
        else "\n".join(f"{name}: {stage}" for name, stage in answer.items())
    )
    table = {"network": NETWORK, "packets": PACKETS, **spec}
    return grade(KINDS["packet-walk"], table=table, files={}, text=text)


def test_right_predictions_score_everything_and_show_the_walks():
    whole = report(RIGHT)
    assert whole.percent == 100
    assert [row.replay.data["stage"] for row in whole.outcomes] == [
        "answered",
        "group-in",
        "service",
        "acl-in",
        "reply-acl-out",
    ]


def test_the_json_form_is_read_too():
    assert report('{"office": "answered", "stranger": "group-in"}').points == 2


@pytest.mark.parametrize(
    ("name", "stage", "code"),
    [
        ("office", "group-in", "walk.arrives"),
        ("stranger", "answered", "walk.stopped"),
        ("stranger", "acl-in", "walk.group-or-acl"),
        ("stranger", "route", "walk.other-place"),
        ("quiet", "group-in", "walk.refused"),
        ("edge", "group-in", "walk.group-or-acl"),
        ("back", "answered", "walk.way-back"),
    ],
)
def test_a_wrong_prediction_names_the_idea_behind_it(name, stage, code):
    wrong = report({**RIGHT, name: stage})
    assert [finding.code for finding in wrong.findings if not finding.passed] == [code]
    assert [row.replay for row in wrong.outcomes if row.name == name] == [None]


def test_a_missing_prediction_is_wrong():
    assert [finding.code for finding in report("office:\n# nothing yet").findings] == [
        "walk.not-answered"
    ] * 5


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("office: firewall", (1, 9)),
        ("office answered", (1, 1)),
        ("a: route\na: route", (2, 1)),
        ('{"a": 1}', (1, 7)),
    ],
)
def test_an_unknown_stage_or_line_is_unreadable(text, place):
    with pytest.raises(AnswerError) as caught:
        read_answer(KINDS["packet-walk"], text)
    assert (caught.value.line, caught.value.column) == place


def test_two_packets_of_one_name_are_a_spec_error():
    with pytest.raises(SpecError, match="a name is used twice"):
        report(RIGHT, packets=[PACKETS[0], PACKETS[0]])


def test_every_wrong_idea_has_words():
    assert all(
        code.title and code.explanation and code.section for code in packet_walk.CODES.values()
    )


@pytest.mark.parametrize("line", ["- office: route", '"office": "route"', "office : Route  # so"])
def test_a_prediction_may_stand_in_a_list_or_in_quotation_marks(line):
    [(name, prediction)] = read_answer(KINDS["packet-walk"], line).items()
    assert (name, prediction.stage) == ("office", "route")
