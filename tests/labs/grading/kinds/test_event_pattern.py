from __future__ import annotations

import json
from random import Random

import pytest

from labs.grading.errors import AnswerError, SpecError, Undecided
from labs.grading.grade import exercise_of, grade, read_answer
from labs.grading.kinds import KINDS, event_pattern
from labs.grading.report import Finding, RelationName, Report
from tests.effort import effort

KIND = KINDS["event-pattern"]
SOLUTION = {
    "source": ["shop"],
    "detail": {"amount": [{"numeric": [">", 100]}], "state": [{"anything-but": "draft"}]},
}
FIELDS = [
    {"name": "source", "values": ["shop", "bank"]},
    {"name": "detail.amount", "any": "number", "values": [250, 20], "least": 0},
    {"name": "detail.state", "any": "text", "values": ["paid", "draft"]},
    {"name": "detail.from", "any": "address", "values": ["10.0.0.7"], "optional": True},
    {"name": "detail.tags", "any": "text", "values": ["new"], "optional": True, "many": True},
]
EVENTS = [
    {
        "name": "large",
        "event": '{"source": "shop", "detail": {"amount": 250, "state": "paid"}}',
        "expect": "through",
    },
    {
        "name": "small",
        "event": '{"source": "shop", "detail": {"amount": 20, "state": "paid"}}',
        "expect": "held",
    },
]
TABLE = {"filters": "eventbridge", "fields": FIELDS, "events": EVENTS}
FILES = {"solution.json": json.dumps(SOLUTION)}


def report(answer: object, table: dict = TABLE, **more: bool) -> Report:
    return grade(KIND, table=table, files=FILES, text=json.dumps(answer), **more)


def failed(answer: object) -> dict[str, Finding]:
    return {one.code: one for one in report(answer).findings if not one.passed}


def changed(**detail: object) -> dict:
    return SOLUTION | {"detail": SOLUTION["detail"] | detail}


def test_the_same_in_other_words_scores_everything() -> None:
    either = [{"source": ["shop"]}, {"source": [{"wildcard": "sh*p"}]}]
    found = report({"$or": either, "detail": SOLUTION["detail"]})
    assert found.percent == 100
    assert found.relation is not None
    assert found.relation.name is RelationName.EQUAL


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (changed(amount=[{"numeric": [">=", 100]}]), "filter.too-much", '"amount": 100,'),
        (changed(state=["paid"]), "filter.too-little", "held back by detail.state"),
        (changed(more=["x"]), "filter.too-little", "held back by detail.more"),
        ({"detail": SOLUTION["detail"]}, "filter.too-much", '"source": "bank"'),
        (changed(tags=[{"exists": False}]), "filter.too-little", '"tags": "new"'),
    ],
)
def test_the_plainest_event_that_differs_is_shown(answer: object, code: str, words: str) -> None:
    found = failed(answer)[code]
    assert words in found.message
    assert found.counterexample is not None
    assert found.section == KIND.CODES[code].section
    assert event_pattern.behaviour(found, "") != ""


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (changed(Amount=[5]), "filter.unknown-field", "Write detail.amount"),
        (SOLUTION | {"amount": [5]}, "filter.unknown-field", "Write detail.amount"),
        (SOLUTION | {"colour": ["red"]}, "filter.unknown-field", "No event of this lab"),
        (changed(amount=["250"]), "filter.kind", "Take the quotation marks away"),
        (SOLUTION | {"source": ["Shop"]}, "filter.never", "Write shop"),
        (SOLUTION | {"source": ["moon"]}, "filter.never", "source is never moon"),
    ],
)
def test_mistakes_are_marked_while_one_types(answer: object, code: str, words: str) -> None:
    exercise = exercise_of(KIND, table=TABLE, files=FILES)
    (found,) = event_pattern.advise(read_answer(KIND, json.dumps(answer)), exercise.spec)
    assert (found.code, found.points) == (code, 0)
    assert words in found.message
    assert failed(answer)[code] == found


def test_what_would_not_be_saved_is_not_tried() -> None:
    found = report({"source": "shop"})
    assert found.refused
    assert [one.code for one in found.findings] == ["filter.not-a-list", "filter.not-decided"]
    assert found.findings[0].column == len('{"source": ') + 1


def test_the_cure_names_the_change() -> None:
    found = report(changed(amount=[{"numeric": [">", 10]}]), with_cure=True)
    assert found.cure is not None
    assert found.cure.complete
    assert [step.sentence for step in found.cure.steps] == ["Ask something else of one field."]


def test_blocks_and_texts_together_are_decided_by_what_is_sure() -> None:
    solution = {"solution.json": json.dumps(changed(**{"from": [{"cidr": "10.1.0.0/16"}]}))}
    table = TABLE | {"events": []}
    wrong = changed(**{"from": [{"prefix": "10.1"}]})
    found = grade(KIND, table=table, files=solution, text=json.dumps(wrong))
    assert not found.passed
    right = json.dumps(changed(**{"from": [{"prefix": "10.1."}]}))
    with pytest.raises(Undecided):
        grade(KIND, table=table, files=solution, text=right)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"filters": "kafka"}, "not one of"),
        ({"fields": []}, "fields"),
        ({"fields": [{"name": "a", "any": "text"}]}, "values: is missing"),
        ({"events": [EVENTS[0] | {"expect": "held"}]}, "not what the solution does"),
        ({"events": [EVENTS[0] | {"event": '{"source": "moon"}'}]}, "cannot be"),
        ({"events": [EVENTS[0] | {"event": "{"}]}, "event"),
        ({"events": [], "compare": 0}, "nothing is worth a point"),
    ],
)
def test_a_wrong_spec_is_named(changes: dict, words: str) -> None:
    with pytest.raises(SpecError, match=words):
        KIND.read_spec(TABLE | changes, FILES)


def hostile(dice: Random, depth: int = 0) -> object:
    """Anything that JSON can be, from the words of filters."""
    keys = ["source", "detail", "amount", "$or", "prefix", "anything-but", "numeric", "a.b", "from"]
    kind = dice.randint(0, 9 if depth < 4 else 5)
    if kind < 3:
        return dice.choice(["", "shop", "10.0.0.0/8", "*a*b*", "=", ">", "x" * 250, "\\*", "ß"])
    if kind < 6:
        return dice.choice([0, -1, 5.5, 10**30, True, None, -0.0, 1e300])
    if kind < 8:
        return [hostile(dice, depth + 1) for _ in range(dice.randint(0, 5))]
    return {dice.choice(keys): hostile(dice, depth + 1) for _ in range(dice.randint(0, 4))}


def test_no_answer_breaks_the_check() -> None:
    dice = Random(5)
    exercise = exercise_of(KIND, table=TABLE, files=FILES)
    for _ in range(300):
        answer = {"source": ["shop"], "detail": hostile(dice), "$or": hostile(dice)}
        try:
            exercise.grade(json.dumps(answer))
        except (AnswerError, Undecided):
            continue


def test_many_wildcards_take_no_longer_than_they_may() -> None:
    stars = [{"wildcard": "*" + "*".join("abcdefgh"[n % 8 :]) + f"{n}*"} for n in range(50)]
    text = json.dumps(changed(state=stars))
    exercise = exercise_of(KIND, table=TABLE, files=FILES)

    def check() -> None:
        try:
            exercise.grade(text)
        except Undecided:
            return

    assert effort(check, enough=10) <= 30


@pytest.mark.parametrize(("value", "words"), [(None, "null"), (True, "true")])
def test_a_value_that_never_comes_is_named_as_the_answer_writes_it(
    value: object, words: str
) -> None:
    assert failed(changed(state=[value]))["filter.never"].message == (
        f"detail.state is never {words}."
    )
