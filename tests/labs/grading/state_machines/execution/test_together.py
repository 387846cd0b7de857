"""Amazon States Language, “Parallel State”, “Map State”, “Wait State”; Step Functions Developer
Guide, “Parallel workflow state”, “Using Map state in Inline mode”."""

from __future__ import annotations

from typing import Any

import pytest

from labs.grading.state_machines.execution.world import Answer, Script
from tests.labs.grading.state_machines.machines import function, run, script, single, task

FINE = {"Type": "Succeed"}
BRANCH_FAILED = {"ErrorEquals": ["States.BranchFailed"], "Next": "B"}
ORDER = {
    "ship-date": "2016-03-14T01:59:00Z",
    "detail": {
        "delivery-partner": "UQS",
        "shipped": [
            {"prod": "R31", "dest-code": 9511, "quantity": 1344},
            {"prod": "S39", "dest-code": 9511, "quantity": 40},
            {"prod": "R31", "dest-code": 9833, "quantity": 12},
        ],
    },
}


def branch(state: dict[str, Any], **others: Any) -> dict[str, Any]:
    return {"StartAt": "S", "States": {"S": state, **others}}


def parallel(*branches: dict[str, Any], **fields: Any) -> dict[str, Any]:
    way = {} if "Next" in fields else {"End": True}
    return {"Type": "Parallel", "Branches": list(branches), **fields, **way}


def each(state: dict[str, Any], **fields: Any) -> dict[str, Any]:
    way = {} if "Next" in fields else {"End": True}
    return {"Type": "Map", "ItemProcessor": branch(state), **fields, **way}


def wait(seconds: int) -> dict[str, Any]:
    return {"Type": "Wait", "Seconds": seconds, "End": True}


def test_branches_get_the_input_and_give_a_list_in_their_order() -> None:
    slow = branch(task("slow", ResultPath="$.s"))
    fast = branch(task("fast", ResultPath="$.f"))
    found = run(
        single(parallel(slow, fast)), {"id": 1}, function("slow", 1, seconds=9), function("fast", 2)
    )
    assert found.output == [{"id": 1, "s": 1}, {"id": 1, "f": 2}]
    assert found.seconds == 9


def test_the_list_has_a_result_path_like_any_result() -> None:
    what = single(parallel(branch(wait(1)), ResultSelector={"one.$": "$[0]"}, ResultPath="$.r"))
    assert run(what, {"id": 1}).output == {"id": 1, "r": {"one": {"id": 1}}}


def test_a_branch_that_fails_stops_the_others() -> None:
    fails = branch(task("fails"))
    long = branch({"Type": "Wait", "Seconds": 5, "Next": "T"}, T=task("never"))
    what = single(parallel(fails, long, Catch=[{"ErrorEquals": ["Gone"], "Next": "B"}]), B=FINE)
    found = run(
        what, None, function("fails", seconds=2), function("never"),
        scripts=(script("Gone", name="fails"),),
    )  # fmt: skip
    assert (found.status, found.seconds) == ("SUCCEEDED", 2)
    assert [call.function for call in found.calls] == ["fails"]
    [stopped] = [visit for visit in found.visits if visit.type == "Wait"]
    assert stopped.end is None


def test_a_branch_that_fails_fits_branch_failed_too() -> None:
    what = single(
        parallel(branch({"Type": "Fail", "Error": "Mine"}), Catch=[BRANCH_FAILED]), B=FINE
    )
    assert run(what).output == {"Error": "Mine", "Cause": ""}


def test_a_whole_parallel_is_tried_again() -> None:
    what = single(parallel(branch(task()), Retry=[{"ErrorEquals": ["Busy"], "IntervalSeconds": 4}]))
    found = run(what, scripts=(script("Busy"),))
    assert (found.status, found.seconds, len(found.calls)) == ("SUCCEEDED", 6, 2)


def test_a_catch_inside_keeps_the_others_running() -> None:
    careful = branch(task("fails", Catch=[{"ErrorEquals": ["States.ALL"], "Next": "N"}]), N=FINE)
    found = run(
        single(parallel(careful, branch(task("slow")))),
        None, function("fails"), function("slow", 7, seconds=9),
        scripts=(script("Gone", name="fails"),),
    )  # fmt: skip
    assert found.status == "SUCCEEDED"
    assert found.output[1] == 7


def test_the_map_of_the_specification() -> None:
    state = each(
        task("ship"),
        InputPath="$.detail",
        ItemsPath="$.shipped",
        MaxConcurrency=0,
        ItemSelector={"parcel.$": "$$.Map.Item.Value", "courier.$": "$.delivery-partner"},
        ResultPath="$.detail.shipped",
    )
    found = run(single(state), ORDER, function("ship", {"ok.$": "$.parcel.quantity"}))
    assert found.calls[0].payload == {"parcel": ORDER["detail"]["shipped"][0], "courier": "UQS"}
    assert found.output["detail"]["shipped"] == [{"ok": 1344}, {"ok": 40}, {"ok": 12}]
    assert found.output["ship-date"] == ORDER["ship-date"]


def test_the_older_words_of_a_map_mean_the_same() -> None:
    state = {
        "Type": "Map",
        "Iterator": branch(task()),
        "Parameters": {"n.$": "$$.Map.Item.Index", "v.$": "$$.Map.Item.Value"},
        "End": True,
    }
    found = run(single(state), ["x", "y"])
    assert [call.payload for call in found.calls] == [{"n": 0, "v": "x"}, {"n": 1, "v": "y"}]


@pytest.mark.parametrize(("width", "seconds"), [(0, 2), (1, 10), (2, 6), (5, 2), (9, 2)])
def test_max_concurrency_is_how_many_run_at_a_time(width: int, seconds: int) -> None:
    found = run(single(each(wait(2), MaxConcurrency=width)), [1, 2, 3, 4, 5])
    assert found.seconds == seconds


def test_forty_run_at_a_time_where_nothing_is_said() -> None:
    assert run(single(each(wait(2))), list(range(41))).seconds == 4


def test_an_item_that_fails_stops_the_map() -> None:
    bad = Script("work", then=Answer("Bad"), when={"n": 2})
    found = run(
        single(each(task(), MaxConcurrency=1)), [{"n": 1}, {"n": 2}, {"n": 3}], scripts=(bad,)
    )
    assert (found.error, len(found.calls)) == ("Bad", 2)


def test_a_map_wants_a_list() -> None:
    assert run(single(each(wait(1))), {"a": 1}).error == "States.Runtime"


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"Seconds": 10}, 10),
        ({"Timestamp": "2026-01-05T09:00:30Z"}, 30),
        ({"Timestamp": "2016-03-14T01:59:00Z"}, 0),
        ({"SecondsPath": "$.s"}, 12),
        ({"TimestampPath": "$.t"}, 60),
    ],
)
def test_a_wait_waits(fields: dict[str, Any], seconds: int) -> None:
    state = {"Type": "Wait", "End": True, **fields}
    found = run(single(state), {"s": 12, "t": "2026-01-05T10:01:00+01:00"})
    assert found.seconds == seconds


def test_calls_of_two_branches_are_answered_in_the_order_of_time() -> None:
    late = branch({"Type": "Wait", "Seconds": 1, "Next": "T"}, T=task(ResultPath="$.a"))
    early = branch(task(ResultPath="$.a"))
    answers = Script("work", (Answer("First"), Answer("Second")))
    found = run(single(parallel(late, early)), None, function(seconds=5), scripts=(answers,))
    assert found.error == "First"
    assert found.seconds == 5
