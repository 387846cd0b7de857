from __future__ import annotations

import json
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from labs.grading.costs.plan.answers import PlanAnswer, read_plan
from labs.grading.costs.plan.picture import draw, rows_of
from labs.grading.costs.plan.plan_verdict import holds
from labs.grading.cure import find_cure
from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import exercise_of, grade
from labs.grading.kinds import KINDS
from labs.grading.report import Finding, Report
from tests.effort import effort

KIND = KINDS["purchase-plan"]
DAY = {"days": "Mon-Sun", "from": 8, "to": 20, "count": 7}
TABLE: dict[str, Any] = {
    "most_years": 1,
    "budget": "500",
    "again": 10,
    "host": "0.50",
    "host_holds": 2,
    "within": [{"percent": 25}, {"percent": 2}],
    "types": [
        {"name": "m5.large", "on_demand": "0.10", "savings": "0.07", "spot": "0.03"},
        {"name": "c5.large", "on_demand": "0.20", "savings": "0.12", "spot": "0.06"},
    ],
    "offers": [
        {"name": "m5", "type": "m5.large", "years": 1, "hourly": "0.06"},
        {"name": "m5-upfront", "type": "m5.large", "years": 1, "upfront": "219", "hourly": "0.02"},
        {"name": "m5-long", "type": "m5.large", "years": 3, "hourly": "0.04"},
    ],
    "workloads": [
        {"name": "web", "type": "m5.large", "base": 4, "times": [DAY]},
        {"name": "batch", "type": "c5.large", "base": 2, "interruptible": True},
        {"name": "erp", "type": "m5.large", "base": 2, "licensed": True},
    ],
}
BEST = """reserved: {m5: 2, m5-upfront: 2}
runs: {batch: spot, erp: dedicated-host}
dedicated_hosts: 1
"""
WITH_WORDS = PlanAnswer(runs={"web": "on-demand", "erp": "dedicated-host"})


def report(text: str) -> Report:
    return grade(KIND, table=TABLE, files={}, text=text)


def failed(text: str) -> list[Finding]:
    return [one for one in report(text).findings if not one.passed]


def test_the_cheapest_plan_scores_everything() -> None:
    found = report(BEST)
    assert found.percent == 100
    assert found.outcomes[-1].yours.endswith(": 0.0 %")
    bill = {line["name"]: line["week"] for line in found.extra["lines"]}
    assert (bill["Savings Plan"], bill["Dedicated Hosts"]) == ("$0.00", "$84.00")
    assert list(bill)[-1] == "Together"


@pytest.mark.parametrize(
    ("change", "code", "sentence"),
    [
        (
            ("m5: 2", "m5: 5"),
            "idle-reserved",
            "From Monday 20:00 to Tuesday 08:00, 3 of your 7 reserved m5.large run idle: "
            "3 × 12 h × $0.06 = $2.16 are lost.",
        ),
        (
            ("m5: 2", "m5: 0"),
            "too-few-reserved",
            "You reserve 2 m5.large. One more would be used in 168 of the 168 hours of the week: "
            "On-Demand they cost 168 × $0.10 = $16.80, one more “m5” costs $10.08.",
        ),
        (
            ("dedicated_", "savings_plan: 0.40\ndedicated_"),
            "unused-commitment",
            "From Monday 20:00 to Tuesday 08:00, only $0.00 of the $0.40 that you commit to each "
            "hour is used: 12 h × $0.40 = $4.80 are lost.",
        ),
        (
            ("spot", "on-demand"),
            "spot-not-used",
            "“batch” can be interrupted, and runs for 336 instance-hours a week: On-Demand at "
            "$0.20, on Spot Instances at $0.066.",
        ),
        (
            ("m5: 2, m5-upfront: 2", "m5: 4"),
            "dearer-offer",
            "With its share of what is paid upfront, “m5” costs $0.06 an hour, “m5-upfront” "
            "$0.045.",
        ),
        (
            ("hosts: 1", "hosts: 2"),
            "idle-host",
            "1 of your 2 Dedicated Hosts hold everything. Each one more costs $84.00 a week.",
        ),
    ],
)
def test_what_is_lost_is_said_in_hours_and_dollars(
    change: tuple[str, str], code: str, sentence: str
) -> None:
    found = failed(BEST.replace(*change))
    assert {one.code for one in found} == {f"plan.{code}"}
    assert found[0].cases[0].sentence == sentence


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        (("batch:", "web: spot, batch:"), "interrupted", 2),
        (("dedicated-host", "on-demand"), "licence", 2),
        (("hosts: 1", "hosts: 0"), "host-full", 3),
        (("m5: 2", "m5-long: 2"), "term", 1),
        (("m5-upfront: 2", "m5-upfront: 3"), "budget", 1),
    ],
)
def test_a_broken_rule_is_named_where_it_stands_and_nothing_is_compared(
    change: tuple[str, str], code: str, line: int
) -> None:
    rule, *rest = failed(BEST.replace(*change))
    assert (rule.code, rule.line) == (f"plan.{code}", line)
    assert {one.code for one in rest} == {"plan.not-priced"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("reserved: {m5-upfrnt: 1}", "reserved has no “m5-upfrnt”. Do you mean “m5-upfront”?"),
        ("runs: {webb: spot}", "runs has no “webb”. Do you mean “web”?"),
        ("runs: {xyz: spot}", "runs has no “xyz”."),
        ("reserved: 3", "Say which offer you reserve: one line for each, below “reserved”."),
    ],
)
def test_a_name_that_the_lab_does_not_have_is_refused(text: str, words: str) -> None:
    found = report(text)
    assert found.refused
    assert found.findings[0].message == words


def test_the_number_of_the_only_offer_needs_no_name() -> None:
    table = {**TABLE, "offers": TABLE["offers"][:1]}
    text = "reserved: 4\nruns: {batch: spot, erp: dedicated-host}\ndedicated_hosts: 1\n"
    assert grade(KIND, table=table, files={}, text=text).percent == 100


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('{"savings_plan": 1.2, "runs": {"web": "spot"}}', PlanAnswer({}, 1.2, {"web": "spot"}, 0)),
        ("Savings Plan: $1.20/h\n", PlanAnswer({}, 1.2)),
        ("savings-plan: 1,5 USD per hour\n", PlanAnswer({}, 1.5)),
        ("runs:\n  web: On Demand\n  erp: host\n", WITH_WORDS),
        ("reserved:\n  m5: 3\n  m5-long:\ndedicated_hosts: none\n", PlanAnswer({"m5": 3})),
    ],
)  # fmt: skip
def test_a_plan_is_read_in_the_forms_that_people_write(text: str, answer: PlanAnswer) -> None:
    assert read_plan(text) == answer


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("reservd: 3", "A plan has no reservd. Did you mean reserved?"),
        ("reserved: {m5: 2.5}", "Write a whole number from 0 to 1000."),
        ("dedicated_hosts: 1001", "Write a whole number from 0 to 1000."),
        ("savings_plan: lots", "Write dollars an hour"),
        ("savings_plan: {web: 1}", "savings_plan is one number."),
        ("runs: spot", "Write “workload: spot” below runs"),
        ("runs: {web: balcony}", "A workload runs “on-demand”, “spot” or “dedicated-host”."),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(AnswerError) as raised:
        read_plan(text)
    assert words in str(raised.value)
    assert raised.value.line == 1


def test_the_cure_leads_to_a_plan_that_passes() -> None:
    spec = KIND.read_spec(TABLE, {})
    answer = KIND.parse("runs: {web: spot}\nsavings_plan: 0.9\n")
    cure = find_cure(KIND, answer, spec, KIND.check(answer, spec))
    assert cure is not None
    assert cure.complete
    assert 2 <= len(cure.steps) <= 8


def test_in_short_the_same_holds_as_at_length() -> None:
    random = Random(3)
    spec = KIND.read_spec(TABLE, {})
    for _number in range(40):
        answer = PlanAnswer(
            {"m5": random.randint(0, 5), "m5-upfront": random.randint(0, 3)},
            random.choice((0.0, 0.3)),
            {"batch": random.choice(("spot", "on-demand")), "erp": "dedicated-host"},
            random.randint(0, 2),
        )
        checks = [one.passed for one in KIND.check(answer, spec).checks]
        assert holds(answer, spec) == checks


def test_the_picture_says_in_words_and_in_a_table_what_it_shows() -> None:
    week = report(BEST.replace("m5: 2", "m5: 5")).extra["week"]
    svg = draw(week, name="week")
    assert "Of 1176 reserved instance-hours 924 are used" in svg
    assert "style=" not in svg
    first, second, *_rest = rows_of(week)
    assert (first.start, first.end, first.reserved, first.idle) == (
        "Mon 00:00",
        "Mon 08:00",
        "4",
        "3",
    )
    assert (second.reserved, second.idle, second.spot, second.hosted) == ("7", "0", "2", "2")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"colour": "red"}, "unknown key"),
        ({"within": []}, "the widest comes first"),
        ({"within": [{"percent": 2}, {"percent": 9}]}, "the widest comes first"),
        ({"budget": "much"}, "spec.budget: is “much”, not a number"),
        ({"types": []}, "a type and a workload"),
        ({"offers": [{"name": "a", "type": "x9", "years": 1}]}, "is “x9”, not one of"),
        (
            {"workloads": [{"name": "a", "type": "m5.large", "times": [{**DAY, "days": "May"}]}]},
            "is not Mon, Mon-Fri or the like",
        ),
    ],
)
def test_a_spec_that_cannot_be_asked_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(SpecError) as raised:
        KIND.read_spec(TABLE | change, {})
    assert words in str(raised.value)


PIECES = [
    *("reserved: ", "savings_plan: ", "runs: ", "dedicated_hosts: ", "m5: ", "web: ", "batch: "),
    *("{", "}", ", ", "\n", "\n", "\n  ", "spot", "on-demand", "dedicated-host", "3", "1.2", "$"),
    *("none", "#", "'", "-", "1e9", "é", '{"runs": ', "\x85", "999"),
]


def test_any_text_is_judged_or_refused() -> None:
    """Hostile answers."""
    random = Random(20261127)
    exercise = exercise_of(KIND, table=TABLE, files={})
    judged = 0
    for _number in range(900):
        text = "".join(random.choices(PIECES, k=random.randrange(1, 16)))
        with suppress(AnswerError):
            found = exercise.grade(text)
            judged += 1
            assert {one.code for one in found.findings} <= set(KIND.CODES)
            json.dumps(found.as_json())
    assert judged > 20


@pytest.mark.parametrize(
    "text",
    [
        "reserved: {m5: 1000, m5-upfront: 1000}\nsavings_plan: 1000\ndedicated_hosts: 1000\n",
        "runs: {" + ", ".join(f"w{number}: spot" for number in range(300)) + "}",
        "savings_plan: 1" + "0" * 3_900,
    ],
)
def test_the_longest_texts_cost_little(text: str) -> None:
    exercise = exercise_of(KIND, table=TABLE, files={})

    def work() -> None:
        with suppress(AnswerError):
            exercise.grade(text)

    assert effort(work, enough=2) <= 2
