from __future__ import annotations

import json
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from labs.grading.costs.exercise.codes import SLIPS
from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import advice, exercise_of, grade
from labs.grading.kinds import KINDS
from labs.grading.report import Finding, Report
from tests.effort import effort
from tests.labs.grading.costs.sums import TABLE, quantity, step

KIND = KINDS["cost"]
RIGHT = """compute: $438/month
storage: 155.84
cheaper: 306.60 USD
bill: 483.44
year: 5,801.28
job: 0.036
"""


def report(text: str, table: dict[str, Any] = TABLE) -> Report:
    return grade(KIND, table=table, files={}, text=text)


def finding(line: str, name: str) -> Finding:
    """On one amount, where all others are right."""
    lines = [line if one.startswith(f"{name}:") else one for one in RIGHT.splitlines()]
    [found] = [one for one in report("\n".join(lines)).findings if not one.passed]
    return found


def test_all_amounts_score_everything_and_are_worked_out_line_by_line() -> None:
    found = report(RIGHT)
    assert found.percent == 100
    [compute, storage, *_rest] = found.extra["amounts"]
    assert [(line["calculation"], line["result"]) for line in compute["lines"]] == [
        ("Servers (3 server) × Zones (2 zone) × Rate ($0.10/server-zone-hour)", "$438.00/month")
    ]
    assert [line["result"] for line in storage["lines"]] == [
        "2,048 GB",
        "1,948 GB",
        "$155.84/month",
    ]


def test_a_slip_is_named_with_the_line_in_which_it_happened() -> None:
    found = finding("storage: 163.84", "storage")
    assert (found.code, found.line) == ("cost.free-forgotten", 2)
    assert found.cases[0].sentence == (
        "storage: 163.84 comes out where nothing is taken off for what is free (line “Paid”)."
    )
    assert found.cure == SLIPS["free-forgotten"].cure


def test_two_slips_are_both_named() -> None:
    found = finding("compute: 216", "compute")
    assert found.cases[0].sentence == (
        "compute: 216 comes out where a month is counted as 30 days, 720 hours (line “Compute”); "
        "one zone is counted, not all of them (line “Compute”)."
    )
    assert SLIPS["thirty-days"].cure in found.cure
    assert SLIPS["one-zone"].cure in found.cure


def test_where_two_slips_give_the_same_number_both_are_said() -> None:
    twin = {**TABLE, "quantities": [quantity("servers", "2 server"), *TABLE["quantities"][1:]]}
    found = report("compute: 146\n", twin).findings[0]
    assert found.cases[0].sentence == (
        "compute: 146 comes out in more than one way. Either one is counted, not all of them "
        "(line “Compute”) – or one zone is counted, not all of them (line “Compute”)."
    )


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("compute", "0.6 $/hour", None),
        ("compute", "5256 $/year", None),
        ("compute", "438 GB", "other-unit"),
        ("compute", "4380", "decimal-point"),
        ("compute", "155.84", "other-amount"),
        ("compute", "77.7", "wrong"),
        ("compute", "", "not-answered"),
        ("job", "0.000036", "decimal-point"),
        ("year", "483.44 $/month", None),
        ("year", "483.44", "months-for-year"),
    ],
)
def test_units_are_taken_into_account(name: str, typed: str, code: str | None) -> None:
    lines = [f"{name}: {typed}" if one.startswith(name) else one for one in RIGHT.splitlines()]
    codes = [one.code for one in report("\n".join(lines)).findings if not one.passed]
    assert codes == ([f"cost.{code}"] if code else [])


def test_what_follows_from_a_wrong_amount_is_no_second_mistake() -> None:
    text = RIGHT.replace("483.44", "463.44").replace("5,801.28", "5561.28")
    codes = {one.code for one in report(text).findings if not one.passed}
    assert codes == {"cost.upfront-forgotten", "cost.carried"}


@pytest.mark.parametrize(("typed", "passed"), [(440.1, True), (435.9, True), (440.3, False)])
def test_half_a_percent_is_forgiven(typed: float, passed: bool) -> None:
    assert report(f"compute: {typed}").findings[0].passed is passed


def test_of_a_wrong_amount_no_result_is_told() -> None:
    found = report("compute: 432\nbill: 463.44\nyear: 1\n")
    lines = [line for one in found.extra["amounts"] for line in one["lines"]]
    assert [line["name"] for line in lines] == ["Compute", "Bill"]
    assert {line["result"] for line in lines} == {""}
    assert {row.expected for row in found.outcomes} == {""}
    assert "438" not in json.dumps(found.as_json())


def test_of_a_right_amount_no_number_is_told_that_leads_to_one_still_looked_for() -> None:
    found = report("bill: 483.44\n")
    lines = {line["name"]: line for line in found.extra["amounts"][3]["lines"]}
    assert (lines["Compute"]["result"], lines["Paid"]["result"]) == ("", "")
    assert lines["Fee"]["result"] == "$20.00/month"
    assert lines["Bill"]["calculation"] == (
        "Cheaper + Storage + Fee ($20.00/month) + Asked ($1.00/month)"
    )
    assert lines["Bill"]["result"] == "$483.44/month"


def test_a_typing_error_in_a_name_is_pointed_at_while_one_types() -> None:
    [found] = advice(KIND, table=TABLE, files={}, text="compute: 1\nstorrage: 3\n")
    assert (found.line, found.message) == (
        2, "“storrage” is not asked for. Do you mean “storage”?",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({**TABLE, "colour": "red"}, "unknown key"),
        ({**TABLE, "steps": [{**one, "points": 0} for one in TABLE["steps"]]}, "worth a point"),
        ({**TABLE, "steps": [step("Job", "$", plus=["upfront"], points=1)]}, "small letters"),
        (
            {**TABLE, "steps": [step("a", "$", plus=["upfront"], less=["upfront"], points=1)]},
            "is not more than nothing",
        ),
    ],
)
def test_a_spec_that_cannot_be_asked_is_refused(table: dict[str, Any], words: str) -> None:
    with pytest.raises(SpecError) as raised:
        KIND.read_spec(table, {})
    assert words in str(raised.value)


PIECES = [
    *(
        "compute: ",
        "bill: ",
        "year",
        "job: ",
        "bill",
        ": ",
        ": ",
        "\n",
        "\n",
        "\n",
        "\n  ",
        "$",
        " ",
    ),
    *("438", "12", "0", ".", "-", "e9", "/month", " GB", " a ", "per", "%", "*", "{", "}", "'"),
    *("1,234", "1.234,5", "none", "é", "×", "’", "\t", '{"bill": ', "1e999", "\x85", "~", ","),
    *("#", "million"),
]


def test_any_text_is_judged_or_refused() -> None:
    """Hostile answers."""
    random = Random(20261127)
    exercise = exercise_of(KIND, table=TABLE, files={})
    judged = 0
    for _number in range(600):
        text = "".join(random.choices(PIECES, k=random.randrange(1, 40)))
        with suppress(AnswerError):
            found = exercise.grade(text)
            judged += 1
            assert {one.code for one in found.findings} <= set(KIND.CODES)
            assert not found.passed
            json.dumps(found.as_json())
    assert judged > 20


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{name}: 77.77" for name in ("compute", "storage", "cheaper", "bill", "year")),
        "".join(f"a{number}: 1\n" for number in range(299)),
        "bill: " + "1," * 1_900,
        "bill: 1" + "-a" * 1_900,
        "bill: 1 " + " per" * 900,
    ],
)
def test_the_longest_texts_cost_little(text: str) -> None:
    exercise = exercise_of(KIND, table=TABLE, files={})

    def work() -> None:
        with suppress(AnswerError):
            exercise.grade(text)

    assert effort(work, enough=2) <= 2


def test_a_row_says_by_itself_where_its_number_comes_from() -> None:
    text = "\n".join(
        "storage: 163.84" if one.startswith("storage") else one for one in RIGHT.splitlines()
    )
    (found,) = [one for one in report(text).findings if not one.passed]
    assert "comes out where nothing is taken off for what is free" in found.message
