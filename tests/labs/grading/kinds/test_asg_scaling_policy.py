from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import exercise_of, grade, read_answer
from labs.grading.kinds import KINDS, asg_scaling_policy
from labs.grading.report import Finding, Report
from tests.effort import effort
from tests.labs.grading.scaling.groups import (
    IN,
    OUT,
    action,
    alarm,
    simple,
    step,
    steps,
    target,
    text_of,
)

KIND = KINDS["asg-scaling-policy"]
RUSH = [[150, 60], [900, 60], [150, 60]]  # an instance answers 100 a minute
DAY = {"name": "Friday", "start": "2026-11-27T12:00", "load": RUSH, "zone": "Europe/Berlin"}
DAY |= {"overload": 5, "hours": 20, "flaps": 1}
FLOOR = {"from": "14:00", "to": "15:00", "least": 9}
SPEC = {"serves": 100, "boot": 4, "days": [DAY]}
UP = action("up", "50 12 * * *", MinSize=10)
DOWN = action("down", "0 14 * * *", MinSize=2, DesiredCapacity=2)
RIGHT = text_of(actions=[UP, DOWN], MinSize=2)
CATALOG = Path(__file__).parents[4] / "labs" / "catalog"


def report(text: str, **spec: object) -> Report:
    return grade(KIND, table={**SPEC, **spec}, files={}, text=text)


def failed(text: str, **spec: object) -> dict[str, Finding]:
    return {one.code: one for one in report(text, **spec).findings if not one.passed}


def test_a_schedule_that_fits_scores_everything() -> None:
    assert (report(RIGHT).percent, failed(RIGHT)) == (100, {})


def test_an_answer_of_another_shape_scores_the_same() -> None:
    table = [step(0, None, 8)]
    policies = (
        steps("out", table, alarm(OUT, 95), EstimatedInstanceWarmup=60),
        steps("in", [step(None, 0, -1)], alarm(IN, 30, 5)),
    )
    assert report(text_of(*policies, MinSize=2)).percent == 100


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (text_of(MinSize=2), "asg.no-scale-out", "Friday, 14:00: 900 requests a minute meet"),
        (text_of(target(90), MinSize=2, MaxSize=4), "asg.max-too-small", "in service: 4"),
        (text_of(target(90, warmup=60), MinSize=2), "asg.overload", "Minutes of overload: "),
        (
            text_of(actions=[action("up", "50 12 * * *", DesiredCapacity=10)], MinSize=2),
            "asg.never-scales-in",
            "At 15:59 instances run: 10; 2 could answer all requests",
        ),
        (text_of(actions=[UP], MinSize=2), "asg.min-too-large", "instances run: 10"),
        (
            text_of(actions=[action("up", "50 12 * * *", DesiredCapacity=10),
                             action("down", "55 14 * * *", DesiredCapacity=8)], MinSize=2),
            "asg.too-expensive",
            "at most 20",
        ),
    ],
)  # fmt: skip
def test_the_headline_names_the_minute_and_the_cause(text: str, code: str, words: str) -> None:
    found = report(text)
    assert code in failed(text)
    assert words in failed(text)[code].message
    assert found.headline is not None
    assert found.headline.cases[0].sentence == found.headline.message


def test_a_group_that_wavers_is_shown_where_it_does() -> None:
    policies = (
        steps("out", [step(0, None, 3)], alarm(OUT, 60)),
        steps("in", [step(None, 0, -3)], alarm(IN, 59)),
    )
    found = failed(text_of(*policies, MinSize=2))["asg.flapping"]
    assert "within 15 minutes after some were" in found.message
    assert found.counterexample == {"day": "Friday", "minute": found.counterexample["minute"]}


def test_too_few_at_a_known_hour() -> None:
    late = text_of(actions=[action("up", "0 13 * * *", MinSize=10), DOWN], MinSize=2)
    day = DAY | {"floors": [FLOOR]}
    found = failed(late, days=[day])["asg.below-floor"]
    assert found.message.startswith("Friday, 14:00: instances in service 2. From 14:00 to 15:00")
    assert "launch them 4 minutes before" in found.cure
    assert failed(RIGHT, days=[day]) == {}
    assert (
        "Add a scheduled action" in failed(text_of(MinSize=2), days=[day])["asg.below-floor"].cure
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (text_of(MinSize=5, MaxSize=3), "asg.min-above-max"),
        (text_of(MinSize=1, MaxSize=3, DesiredCapacity=4), "asg.desired-outside"),
        (text_of(MinSize=2, MaxSize=3, DesiredCapacity=1), "asg.desired-outside"),
        (text_of(actions=[action("a", "* * * * *", MinSize=5, MaxSize=3)]), "asg.schedule-limits"),
        (text_of(steps("s", [], alarm(OUT, 60))), "asg.no-steps"),
        (text_of(steps("s", [step(0, 9, 1), step(10, None, 2)], alarm(OUT, 60))), "asg.step-gap"),
    ],
)
def test_what_aws_would_refuse_is_not_simulated(text: str, code: str) -> None:
    found = report(text)
    assert found.refused
    assert not found.passed
    assert code in failed(text)
    assert failed(text)[code].line == 1
    assert "asg.not-simulated" in failed(text)


@pytest.mark.parametrize(
    ("policies", "actions", "code", "words"),
    [
        ([steps("lost", [step(0, None, 1)], None)], [], "asg.policy-without-alarm", "never runs"),
        ([steps("s", [step(9, None, 1)], alarm(OUT, 60))], [], "asg.step-silent", "60 and 69"),
        ([], [action("a", "5 12 * * *", MinSize=200)], "asg.schedule-fails", "13:05: “a” fails"),
        ([], [UP, action("b", "0 13 * * *", MinSize=1, MaxSize=3)], "asg.schedule-cuts", "10 → 3"),
    ],
)
def test_what_aws_takes_without_a_word_is_a_warning(
    policies: list, actions: list, code: str, words: str
) -> None:
    actions = [one | {"TimeZone": "Etc/UTC"} for one in actions]
    found = failed(text_of(*policies, actions=actions, MinSize=2))[code]
    assert words in found.message
    assert found.points == 0


def test_marks_while_typing_are_those_of_the_verdict() -> None:
    spec = asg_scaling_policy.read_spec(SPEC, {})
    refused = text_of(steps("s", [step(0, 10, 1)], alarm(OUT, 60)), MinSize=5, MaxSize=3)
    failing = text_of(actions=[action("a", "5 12 * * *", MinSize=200)], MinSize=2)
    for text, codes in (
        (refused, ["asg.min-above-max", "asg.step-open-end"]),
        (failing, ["asg.schedule-fails"]),
        (RIGHT, []),
    ):
        found = asg_scaling_policy.advise(read_answer(KIND, text), spec)
        assert [one.code for one in found] == codes
        assert found == [one for one in report(text).findings if not one.points]
    silent = asg_scaling_policy.read_spec(SPEC | {"advice": False}, {})
    assert asg_scaling_policy.advise(read_answer(KIND, refused), silent) == []


def test_a_schedule_alone_is_told_that_nothing_answers_the_rest() -> None:
    """What was scheduled hours before is no answer to a rush that nobody knew."""
    day = DAY | {"load": [[150, 30], [900, 30], [150, 60], [900, 30]]}
    actions = [action("up", "20 12 * * *", DesiredCapacity=10),
               action("down", "0 13 * * *", DesiredCapacity=2)]  # fmt: skip
    found = failed(text_of(actions=actions, MinSize=2), days=[day])
    assert "15:00: 900 requests" in found["asg.no-scale-out"].message


@pytest.mark.parametrize(
    ("actions", "cure"),
    [
        ([], "Add a scheduled action that brings 9 instances before 14:00."),
        ([action("up", "59 12 * * *", MinSize=9)], "launch them 4 minutes before"),
        ([UP, action("down", "30 13 * * *", MinSize=2, DesiredCapacity=2)], "Keep 9 instances"),
    ],
)
def test_what_to_do_about_too_few_depends_on_when_they_are_missing(
    actions: list, cure: str
) -> None:
    day = DAY | {"floors": [FLOOR]}
    assert cure in failed(text_of(actions=actions, MinSize=2), days=[day])["asg.below-floor"].cure


@pytest.mark.parametrize(
    ("sizes", "table", "cure"),
    [
        ({}, [step(15, None, 30)], "Let a step hold wherever"),
        ({}, [step(0, 10, 10), step(10, None, 50)], "the step that holds at CPUUtilization 70"),
        ({"MaxSize": 12}, [step(0, 10, 10), step(10, None, 30)], "Set MinSize and MaxSize"),
    ],
)
def test_what_to_do_about_a_table_depends_on_what_holds(
    sizes: dict, table: list, cure: str
) -> None:
    policy = steps("s", table, alarm(OUT, 60), AdjustmentType="PercentChangeInCapacity")
    assert cure in failed(text_of(policy, **sizes), **STEPS)["asg.step-wrong"].cure


STEPS = {"steps": [{"name": "Busy", "value": 70, "capacity": 11, "desired": 14}], "days": []}


@pytest.mark.parametrize(
    ("percent", "change"), [(30, None), (39, "adds|4|+3"), (-9, "takes|1|+3"), (0, "keeps||+3")]
)
def test_a_table_is_worked_out_on_paper(percent: int, change: str | None) -> None:
    table = [step(0, 10, 10), step(10, None, percent)]
    text = text_of(steps("s", table, alarm(OUT, 60), AdjustmentType="PercentChangeInCapacity"))
    found = failed(text, **STEPS)
    assert ("asg.step-wrong" in found) is (change is not None)
    if change:
        assert asg_scaling_policy.behaviour(found["asg.step-wrong"], "") == change
        assert found["asg.step-wrong"].expected == "14"


def test_a_hidden_day_counts_and_is_not_drawn() -> None:
    other = DAY | {"name": "Another", "load": [[150, 60], [4000, 60]], "hidden": True}
    found = report(RIGHT, days=[DAY, other])
    assert not found.passed
    assert [day["name"] for day in found.extra["days"]] == ["Friday"]
    assert [row.name for row in found.outcomes] == ["Friday"]
    assert all(one.hidden for one in found.findings if "Another" in one.message)


def test_doing_nothing_and_having_everything_earn_nothing() -> None:
    day = {key: value for key, value in DAY.items() if key != "flaps"}
    for text in (text_of(MinSize=0, MaxSize=0), text_of(MinSize=100)):
        assert report(text, days=[day]).points == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"serves": 0}, "serves"),
        ({"days": []}, "nothing is worth a point"),
        ({"days": [DAY | {"load": []}]}, "is empty"),
        ({"days": [DAY | {"load": [[1, 1, 1, 1]]}]}, "a segment is"),
        ({"days": [DAY | {"load": [[100, 1441]]}]}, "more than 1440"),
        ({"days": [DAY | {"start": "Friday"}]}, "is no moment"),
        ({"days": [DAY | {"zone": "Mars"}]}, "zone"),
        ({"days": [DAY | {"floors": [FLOOR | {"from": "25:00"}]}]}, "is no time"),
        ({"days": [DAY] * 7}, "more than 6"),
        ({"flap_windows": 3}, "unknown key"),
    ],
)
def test_a_lab_that_is_wrong_is_told_where(change: dict, words: str) -> None:
    with pytest.raises(SpecError, match=words):
        asg_scaling_policy.read_spec({**SPEC, **change}, {})


def test_a_solution_can_be_broken_in_many_places() -> None:
    text = (CATALOG / "steps-without-a-gap" / "solution.json").read_text()
    names = [mutant.name for mutant in asg_scaling_policy.mutants(text)]
    assert len(names) == len(set(names)) > 60
    assert "without Policies/1/StepAdjustments/2" in names


# --- Whatever is typed ----------------------------------------------------------------------

BREAKERS = ['"', "{", "[", "]", "}", "null", "-1", "1e308", "99999999999", "true", '"x"', ",", "é"]


def hostile(dice: Random, sound: str) -> str:
    """A sound answer with some pieces put elsewhere, left out or broken."""
    text = sound
    for _ in range(dice.randint(1, 4)):
        at, length = dice.randrange(len(text) + 1), dice.randint(0, 12)
        piece = dice.choice([*BREAKERS, text[at : at + 40], "\x00", "\ud800"[:0]])
        text = text[:at] + piece + text[at + length :]
    return text


def changed_value(dice: Random, sound: str) -> str:
    """A sound answer in which one value became something else."""
    tree = json.loads(sound)
    node, holders = tree, []
    while isinstance(node, dict | list) and node:
        key = dice.choice(list(node) if isinstance(node, dict) else range(len(node)))
        holders.append((node, key))
        node = node[key]
    holder, key = dice.choice(holders)
    numbers = [-1, 0, 1, 2, 3, 7, 50, 100, 499, 500]
    strange = [None, True, 501, 10**9, 10**30, 1e-300, -0.5, "", "* * * * *", [], {}, [[]]]
    is_number = isinstance(holder[key], int)
    holder[key] = dice.choice(numbers if is_number and dice.random() < 0.8 else strange)
    return json.dumps(tree)


def test_five_thousand_hostile_answers_are_judged_or_refused() -> None:
    folders = ("friday-at-five", "steps-without-a-gap", "survive-the-sale")
    sound = [(CATALOG / folder / "solution.json").read_text() for folder in folders]
    sound += [RIGHT, text_of(target(50), simple("s", 1, alarm(OUT, 60)), actions=[UP, DOWN])]
    sound = [text.replace("<<zone>>", "Europe/London") for text in sound]
    dice, exercise = Random(7), exercise_of(KIND, table=SPEC, files={})
    judged = 0
    for number in range(5_000):
        breaker = hostile if number % 2 else changed_value
        text = breaker(dice, dice.choice(sound))
        try:
            found = exercise.grade(text)
        except AnswerError:
            continue
        judged += 1
        assert found.findings
        assert {one.code for one in found.findings} <= set(KIND.CODES)
    assert 1_000 < judged < 5_000


def largest() -> str:
    """As many policies, alarms and actions as are taken, each with as much to do as can be."""
    table = [step(at, at + 1, 1 + at % 2) for at in range(19)] + [step(19, None, -1)]
    policies = [
        steps(f"p{at}", table, alarm(OUT, at, 1440), EstimatedInstanceWarmup=86_400)
        for at in range(10)
    ]
    actions = [
        action(f"a{at}", "*/1 * * * *", DesiredCapacity=1 + at * 17, TimeZone="America/New_York")
        for at in range(20)
    ]
    alarms = [
        alarm(OUT, at, 24, Period=3600, AlarmActions=[f"p{at}", f"p{9 - at}"]) for at in range(10)
    ]
    tree = json.loads(text_of(*policies, actions=actions, MaxSize=500))
    return json.dumps(tree | {"Alarms": alarms})


def test_the_largest_answer_to_the_longest_days_costs_little_more_than_counting() -> None:
    day = DAY | {"load": [[100, 9000, 720], [9000, 100, 720]]}
    exercise = exercise_of(KIND, table={**SPEC, "days": [day, day | {"hidden": True}]}, files={})
    text = largest()
    assert len(text) < KIND.MAX_BYTES
    assert effort(lambda: exercise.grade(text), enough=40) <= 80


def test_a_verdict_on_a_lab_costs_less_than_counting_to_a_million() -> None:
    """Three days of seven hours: 50 ms at most where counting takes as much."""
    load = [[150, 60], [900, 60], [150, 300]]
    days = [DAY | {"name": str(at), "load": load, "hidden": at > 0} for at in range(3)]
    exercise = exercise_of(KIND, table={**SPEC, "days": days}, files={})
    assert effort(lambda: exercise.grade(RIGHT), enough=0.8) <= 1.5


def test_mutants_are_texts_that_can_be_read() -> None:
    for mutant in islice(asg_scaling_policy.mutants(RIGHT), 30):
        read_answer(KIND, mutant.text)
