from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from labs.grading.behaviour import words_of
from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import grade, read_answer
from labs.grading.kinds import KINDS, state_machine
from labs.grading.mutants.json_trees import at, cut, put
from labs.grading.report import Finding, Report
from tests.effort import effort
from tests.labs.grading.state_machines.machines import task, text_of

KIND = KINDS["state-machine"]
END = {"Type": "Succeed"}
RULE = {"Variable": "$.id", "NumericLessThan": 5}
LOST = {"Type": "Fail", "Error": "Lost"}
RETRY = [{"ErrorEquals": ["Busy"], "IntervalSeconds": 2, "MaxAttempts": 2}]
CATCH = [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Lost"}]
CHARGE = task("charge", Retry=RETRY, Catch=CATCH, ResultPath="$.paid", Next="Ship")
SHIP = task("ship", Parameters={"id.$": "$.id"}, ResultPath=None)
RIGHT = {"Charge": CHARGE, "Ship": SHIP, "Lost": LOST}
FUNCTIONS = [
    {"name": "charge", "needs": ["id"], "returns": '{"ok": true}', "errors": ["Busy", "Refused"]},
    {"name": "ship", "needs": ["id"], "returns": '{"sent.$": "$.id"}', "seconds": 3},
]
WELL: dict[str, Any] = {
    "name": "All is well",
    "input": '{"id": 7}',
    "points": 2,
    "has": {"$.id": "7", "$.paid.ok": "true"},
    "gone": ["$.error"],
    "calls": [{"function": "charge"}, {"function": "ship", "input": '{"id": 7}'}],
}
BUSY: dict[str, Any] = {
    "name": "Busy twice",
    "input": '{"id": 8}',
    "scripts": [{"function": "charge", "answers": ["Busy", "Busy"]}],
    "calls": [{"function": "charge", "times": 3}],
    "least": 12,
    "most": 12,
}
REFUSED: dict[str, Any] = {
    "name": "Refused",
    "input": '{"id": 9}',
    "status": "FAILED",
    "error": "Lost",
    "scripts": [{"function": "charge", "then": "Refused"}],
    "calls": [{"function": "charge"}, {"function": "ship", "times": 0}],
}
SCENARIOS = [WELL, BUSY, REFUSED]
COMPARISON = {"input": '{"id": 1}', "failures": 3, "output": ["$.paid.ok"]}


def table(**changes: Any) -> dict[str, Any]:
    return {"functions": FUNCTIONS, "scenarios": SCENARIOS, **changes}


def report(states: dict[str, Any], first: str = "Charge", **changes: Any) -> Report:
    return grade(KIND, table=table(**changes), files=FILES, text=text_of(first, **states))


def failed(states: dict[str, Any], first: str = "Charge", **changes: Any) -> dict[str, Finding]:
    """By code, the first of several."""
    found: dict[str, Finding] = {}
    for one in report(states, first, **changes).findings:
        if not one.passed:
            found.setdefault(one.code, one)
    return found


def changed(state: str = "Charge", **fields: Any) -> dict[str, Any]:
    """RIGHT with a state that has other fields; ... takes one out."""
    new = {key: value for key, value in (RIGHT[state] | fields).items() if value is not ...}
    return RIGHT | {state: new}


FILES = {"solution.json": text_of("Charge", **RIGHT)}
BOTH = [{"ErrorEquals": ["Busy", "States.ALL"]}]
MISSPELT = task("shipp")["Resource"]


def test_a_right_machine_passes_whatever_its_states_are_called() -> None:
    renamed = json.loads(json.dumps(RIGHT).replace('"Ship"', '"Send it"'))
    assert report(RIGHT, comparison=COMPARISON).percent == 100
    assert report(renamed, comparison=COMPARISON).percent == 100


# --- What AWS would refuse ------------------------------------------------------------------------


EXTRA_ALL = [*CATCH, {"ErrorEquals": ["Busy"], "Next": "Lost"}]
REFUSALS = [
    ("states.unknown-target", changed(Next="ship"), "Did you mean Ship?", '"Next": "ship"'),
    ("states.unreachable", RIGHT | {"Extra": END}, "No way leads to “Extra”.", '"Extra"'),
    ("states.two-ways-on", changed("Ship", Next="Lost"), "both Next and End.", '"End"'),
    ("states.no-way-on", changed("Ship", End=...), "neither Next nor End.", '"Ship": {'),
    ("states.misplaced", changed("Lost", Retry=RETRY), "a Fail state, which has no", '"Retry"'),
    ("states.all-not-last", changed(Catch=EXTRA_ALL), "not in the last entry", '"ErrorEquals"'),
    ("states.all-not-last", changed(Retry=BOTH), "may be no other name", '"ErrorEquals"'),
    ("states.unknown-function", changed("Ship", Resource=MISSPELT), "mean ship?", "function:shipp"),
]


@pytest.mark.parametrize(("code", "states", "words", "place"), REFUSALS)
def test_what_aws_would_refuse_is_told_with_its_line(
    code: str, states: dict[str, Any], words: str, place: str
) -> None:
    found = failed(states)
    assert words in found[code].message
    assert place in text_of("Charge", **states).splitlines()[(found[code].line or 0) - 1]
    assert found[code].cure
    assert "states.not-run" in found


def test_a_machine_begins_somewhere() -> None:
    assert "Did you mean Charge?" in failed(RIGHT, "charge")["states.no-start"].message
    text = json.dumps({"States": {"A": END}})
    found = grade(KIND, table=table(), files={}, text=text).findings[0]
    assert (found.code, found.line) == ("states.no-start", 1)


def test_a_branch_is_a_machine_of_its_own() -> None:
    inner = {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "Lost"}}}
    both = {"Type": "Parallel", "Branches": [inner], "Next": "Charge"}
    found = failed(RIGHT | {"Both": both}, "Both")
    assert "there is no such state here" in found["states.unknown-target"].message


def test_a_machine_without_an_end_is_warned_of() -> None:
    going = {"Charge": task("charge", ResultPath=None, Next="Charge")}
    found = failed(going)
    assert "states.no-end" in found
    assert found["states.endless"].message.endswith("round and round between “Charge”.")


# --- What becomes of executions -------------------------------------------------------------------


def without(name: str, states: dict[str, Any]) -> dict[str, Any]:
    return {key: state for key, state in states.items() if key != name}


def every(seconds: int) -> list[dict[str, Any]]:
    return [{**RETRY[0], "IntervalSeconds": seconds}]


ALL_AGAIN = [{"ErrorEquals": ["States.ALL"]}]
TO_SHIP = [{**CATCH[0], "Next": "Ship"}]
MISSES = [
    ("not-retried", changed(Retry=...), "charge throws Busy, and is given up after 1 of 3 calls."),
    ("too-early", changed(Retry=every(1)), "It is over after 9 s, and should take 12 s at least."),
    ("too-late", changed(Retry=every(9)), "and should take 12 s at most."),
    ("called-too-often", changed(Retry=ALL_AGAIN), "charge is called 4 times, and 1 is right."),
    ("error-name", changed("Lost", Error="Gone"), "“Gone”; “Lost” is right here."),
    ("swallowed", without("Lost", changed(Catch=TO_SHIP)), "It ends SUCCEEDED after"),
    ("call-input", changed("Ship", Parameters={"id": 3}), 'ship gets {"id": 3}; it needs at least'),
    ("lost-input", changed(ResultPath=...), "reads $.id, which is gone: “Charge” did not pass"),
    ("path-missing", changed("Ship", Parameters={"id.$": "$.x"}), "reads $.x, and nothing is"),
    ("output", changed("Ship", ResultPath="$.error"), "$.error stands in the output, and must"),
    ("output", changed(ResultPath="$.charged"), "at $.paid.ok it needs true"),
    ("called-too-seldom", without("Ship", changed(End=True, Next=...)), "ship is never called"),
    ("status", without("Ship", changed(Next="Lost")), "ends FAILED in “Lost” with “Lost”; SUCC"),
]


@pytest.mark.parametrize(("code", "states", "words"), MISSES)
def test_what_is_wrong_is_said_with_its_cause(
    code: str, states: dict[str, Any], words: str
) -> None:
    found = failed(states)[f"states.{code}"]
    assert words in found.message
    assert found.cure


def test_a_choice_without_default_falls_through() -> None:
    states = RIGHT | {"Small?": {"Type": "Choice", "Choices": [RULE | {"Next": "Charge"}]}}
    found = failed(states, "Small?")["states.no-choice"]
    assert "In “Small?” no rule holds and there is no Default" in found.message
    assert '"Small?"' in text_of("Small?", **states).splitlines()[(found.line or 0) - 1]


def test_an_error_that_nobody_catches_is_named() -> None:
    states = {name: state for name, state in changed(Catch=...).items() if name != "Lost"}
    scenario = {
        "name": "Odd",
        "input": '{"id": 1}',
        "scripts": [{"function": "charge", "then": "Odd"}],
    }
    found = failed(states, scenarios=[scenario])["states.not-caught"]
    assert "charge throws Odd, no Catch of “Charge” names it" in found.message


def test_a_function_that_misses_something_says_who_lost_it() -> None:
    states = changed("Ship", Parameters=...) | {"Charge": CHARGE | {"ResultPath": "$"}}
    found = failed(states)["states.call-input"]
    assert "misses id: “Charge” did not pass it on" in found.message
    assert "Give “Charge”, or its Catch, a ResultPath" in found.cure


def test_a_hidden_scenario_counts_and_is_not_drawn() -> None:
    found = report(RIGHT, scenarios=[WELL, BUSY | {"hidden": True}])
    assert [one.hidden for one in found.checks] == [False, True]
    assert [run["name"] for run in found.extra["runs"]] == ["All is well"]
    assert [row.name for row in found.outcomes] == ["All is well"]


def test_the_time_line_has_a_row_for_each_try() -> None:
    [_well, busy, _refused] = report(RIGHT).extra["runs"]
    rows = busy["rows"]
    assert [(row["state"], row["attempt"], row["from"], row["result"]) for row in rows] == [
        ("Charge", 1, "0 s", "Busy, again in 2 s"),
        ("Charge", 2, "3 s", "Busy, again in 4 s"),
        ("Charge", 3, "8 s", "on to Ship"),
        ("Ship", 1, "9 s", "ends here"),
    ]


# --- Against the expected machine -----------------------------------------------------------------


def test_every_way_of_failing_is_tried() -> None:
    passed = [
        one for one in report(RIGHT, comparison=COMPARISON).checks if one.code == "states.compared"
    ]
    assert [one.message for one in passed] == [
        "Tried: 7 ways in which up to 3 calls fail. All end as they should."
    ]


def test_the_difference_with_the_fewest_failures_is_told() -> None:
    three = changed(Retry=[{**RETRY[0], "MaxAttempts": 3}])
    found = failed(three, scenarios=[WELL], comparison=COMPARISON)["states.compared"]
    assert found.message == (
        "With charge: Busy, Busy, Busy, yours ends SUCCEEDED after 21 s; "
        "expected is FAILED (Lost) after 9 s."
    )


def test_outputs_and_calls_are_compared_too() -> None:
    other = changed(ResultPath="$.charged")
    assert (
        "yours has nothing (in " in failed(other, comparison=COMPARISON)["states.compared"].message
    )
    twice = RIGHT | {"Again": task("ship", Parameters={"id.$": "$.id"}, ResultPath=None)}
    twice["Ship"] = {key: value for key, value in SHIP.items() if key != "End"} | {"Next": "Again"}
    found = failed(twice, scenarios=[REFUSED], comparison=COMPARISON)["states.compared"]
    assert "yours calls ship 2 times; expected is 1" in found.message


# --- While one types ------------------------------------------------------------------------------


def test_a_result_that_replaces_what_is_read_later_is_seen_in_the_text() -> None:
    answer = read_answer(KIND, text_of("Charge", **changed(ResultPath=...)))
    [found] = state_machine.advise(answer, state_machine.read_spec(table(), {}))
    assert found.code == "states.overwrites"
    assert (
        "The result of “Charge” replaces its whole input, and “Ship” reads $.id." in found.message
    )
    assert state_machine.advise(answer, state_machine.read_spec(table(advice=False), {})) == []


def test_behaviour_names_the_function_and_the_error() -> None:
    found = failed(changed(Retry=...))["states.not-retried"]
    key = state_machine.behaviour(found, "")
    assert words_of(key) == "gives up charge after Busy"


def test_who_passes_on_nothing_by_its_output_path_is_told_so() -> None:
    found = next(iter(failed(changed("Charge", OutputPath=None)).values()))
    assert found.cure == "Take OutputPath away from “Charge”: null passes on an empty object."
    assert found.line is not None


# --- Reading --------------------------------------------------------------------------------------


INVOKE = '"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke"'
FUNCTION = "arn:aws:lambda:eu-west-2:111122223333:function:charge"
UNREADABLE = [
    ("[]", "A state machine is a JSON object", 1),
    ("{}", "A state machine needs States", 1),
    ('{"States": {}}', "There is no state in States.", 1),
    ('{"StartAt": "A",\n "Stats": {}}', "Did you mean States?", 2),
    ('{"QueryLanguage": "JSONata", "States": {"A": 1}}', "These labs speak JSONPath", 1),
]
UNREADABLE_STATES = [
    ('"Type": "task"', "Did you mean Task?", 2),
    ('"Typ": "Task"', "A state needs Type.", 1),
    ('"Type": "Task",\n"Resource": "charge"', "Resource is the ARN", 3),
    (f'"Type": "Task",\n"Resource": "{FUNCTION.replace("lambda", "Lambda")}"', "Write lambda", 3),
    (f'"Type": "Task",\n"Resource": "{FUNCTION.replace("arn:aws", "arn:AWS")}"', "Write aws", 3),
    (f'"Type": "Task",\n"Resource": "{FUNCTION.replace("3333:", "333:")}"', "twelve digits", 3),
    (
        f'{INVOKE},\n"Parameters": {{"FunctionName": "{FUNCTION.replace("lambda", "Lambda")}"}}',
        "Write lambda",
        3,
    ),
    ('"Type": "Task",\n"Arguments": {}', "belongs to JSONata", 3),
    ('"Type": "Pass",\n"Assign": {}', "Variables (Assign) are not known here", 3),
    ('"Type": "Pass",\n"Nxet": "B"', "Did you mean Next?", 3),
    ('"Type": "Pass",\n"End": "true"', "End is true, without quotes.", 3),
    ('"Type": "Wait",\n"Seconds": 1, "Timestamp": "x"', "exactly one of", 1),
    ('"Type": "Pass",\n"ResultPath": "$.a[*]"', "ResultPath names one place", 3),
    ('"Type": "Pass",\n"Parameters": {"a.$": "x"}', "“x” is no path", 3),
    ('"Type": "Choice",\n"Choices": []', "Choices is a list of rules", 3),
    (f'{INVOKE},\n"Parameters": {{}}', "needs Parameters with a FunctionName", 3),
]


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        *UNREADABLE,
        *((f'{{"States": {{"A": {{\n{state}}}}}}}', *rest) for state, *rest in UNREADABLE_STATES),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, words: str, line: int) -> None:
    with pytest.raises(AnswerError) as caught:
        read_answer(KIND, text)
    assert words in caught.value.message
    assert caught.value.line == line


UNCLEAR = {"function": "charge", "answers": ["?"]}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"scenarios": []}, "are 1 to"),
        ({"scenarios": [WELL | {"points": 0}]}, "nothing is worth a point"),
        ({"scenarios": [WELL | {"input": "{"}]}, "is not JSON"),
        ({"scenarios": [WELL | {"has": {"id": "1"}}]}, "is no path"),
        ({"scenarios": [WELL | {"calls": [{"function": "x"}]}]}, "a function that there is not"),
        ({"scenarios": [BUSY | {"scripts": [UNCLEAR]}]}, "neither ok"),
        ({"comparison": {"expected": "none.json"}}, "is missing in the lab's folder"),
        ({"surprise": 1}, "unknown key"),
    ],
)  # fmt: skip
def test_a_spec_that_cannot_be_meant_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(SpecError, match=words):
        state_machine.read_spec(table(**changes), {})


# --- Hostile answers ------------------------------------------------------------------------------


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: Any = value.items() if isinstance(value, dict) else ()
    inner = enumerate(value) if isinstance(value, list) else inner
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))]


def hostile(dice: Random) -> str:
    """A machine in which some values are junk, or stand somewhere else."""
    tree = json.loads(dice.choice(SOUND))
    for _change in range(dice.randint(1, 3)):
        every_place = places(tree)[1:]
        if not every_place:
            break
        path, other = dice.choice(every_place), dice.choice(every_place)
        new = dice.choice((at(tree, other), dice.choice(JUNK)))
        tree = dice.choice((put(tree, path, new), cut(tree, path)))
    return json.dumps(tree)


JUNK = [
    *("$", "$.id", "$$.Execution.Input", "$.a[*]", "Charge", "States.ALL", "Map", "Wait", "*"),
    *(None, True, 0, -1, 1e300, 99999999, [], {}, [[]], {"a.$": "States.Array($, $)"}),
    *("States.Format('{}', $)", "States.Runtime", "arn:aws:states:::lambda:invoke"),
]
INNER = {"StartAt": "I", "States": {"I": task("charge", Retry=RETRY)}}
EACH = {"Type": "Map", "ItemsPath": "$.list", "ItemProcessor": INNER, "Next": "Both"}
TWO = {"Type": "Parallel", "Branches": [INNER, INNER], "ResultPath": "$.two", "Next": "Charge"}
ASK = {"Type": "Choice", "Choices": [{"Not": RULE, "Next": "Charge"}]}
SOUND = [
    text_of("Charge", **RIGHT),
    text_of("Each", Each=EACH, Both=TWO, **RIGHT),
    text_of("Ask", Ask=ASK, **RIGHT),
]


def test_hostile_answers_are_read_or_refused_and_never_crash() -> None:
    spec = state_machine.read_spec(table(comparison=COMPARISON), FILES)
    dice, checked = Random(7), 0
    for _each in range(300):
        try:
            answer = state_machine.parse(hostile(dice))
        except AnswerError:
            continue
        state_machine.check(answer, spec)
        checked += 1
    assert checked > 20


DOUBLES = {"Type": "Pass", "Parameters": {"a.$": "States.Array($, $, $, $)"}, "Next": "Doubles"}
CALLS = {f"k{number}.$": "States.ArrayContains($, 1)" for number in range(400)}
RULES = [{"Variable": "$.id", "NumericGreaterThan": 1e9, "Next": "Loop"} for _ in range(250)]
WORST = {
    "data that doubles": {"Charge": DOUBLES | {"Next": "Charge"}},
    "a loop of calls": {"Charge": {"Type": "Pass", "Parameters": CALLS, "Next": "Charge"}},
    "a loop of rules": {
        "Charge": {"Type": "Choice", "Choices": RULES, "Default": "Loop"},
        "Loop": {"Type": "Pass", "Next": "Charge"},
    },
    "a map in a map": {
        "Charge": {
            "Type": "Map",
            "InputPath": "$$.Execution.Input.many",
            "ItemProcessor": {"StartAt": "I", "States": {"I": {"Type": "Pass", "End": True}}},
            "Next": "Charge",
        }
    },
}


@pytest.mark.parametrize("states", WORST.values(), ids=WORST)
def test_no_answer_is_a_long_run(states: dict[str, Any]) -> None:
    many = WELL | {"input": json.dumps({"id": 7, "many": list(range(200))})}
    spec = state_machine.read_spec(table(scenarios=[many, BUSY, REFUSED]), {})
    answer = state_machine.parse(text_of("Charge", **states))
    assert effort(lambda: state_machine.check(answer, spec), enough=4) < 8
