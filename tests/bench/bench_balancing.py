"""What the balancing engine costs, in processor time."""

from __future__ import annotations

import json
import random
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

from labs.grading.balancing.comparison import texts
from labs.grading.balancing.comparison.compare import compare
from labs.grading.balancing.routing.decision import outcome
from labs.grading.grade import Exercise, exercise_of
from labs.grading.kinds import alb_listener_rules
from labs.source import read_catalog
from tests.bench.clock import in_turns
from tests.bench.row import Effort, Row
from tests.labs.grading.balancing.random_rules import LISTENER, a_request, some_rules
from tests.labs.grading.balancing.texts import a_rule

CATALOG = Path(__file__).parents[2] / "labs" / "catalog"


def rows(effort: Effort) -> Iterator[Row]:
    yield from lab_rows(effort)
    yield full_listener_row(effort)
    yield requests_row(effort)


def median_cpu(work: Callable[[], object], effort: Effort) -> float:
    return statistics.median(in_turns({"work": work}, effort.times(3), warming_up=1)["work"])


def verdict_anew(exercise: Exercise, text: str) -> None:
    texts.atoms.cache_clear()
    exercise.grade(text)


def lab_rows(effort: Effort) -> Iterator[Row]:
    first, again = [], []
    for lab in read_catalog(CATALOG):
        if lab.kind != alb_listener_rules.NAME:
            continue
        variant = lab.variants[0]
        exercise = exercise_of(alb_listener_rules, table=variant.table, files=variant.files)
        for text in (variant.solution, *variant.wrong.values()):
            first.append(median_cpu(lambda e=exercise, t=text: verdict_anew(e, t), effort))
            again.append(median_cpu(lambda e=exercise, t=text: e.grade(t), effort))
    note = f"{len(first)} answers to labs, worst {max(first):.1f} ms"
    yield Row(
        "a verdict on listener rules",
        statistics.median(first),
        "ms CPU",
        goals=("ours <= 50",),
        note=note,
    )
    yield Row("the same again", statistics.median(again), "ms CPU")


def full_listener_row(effort: Effort) -> Row:
    """As many rules as a load balancer may have, 50 of them by path and 50 by host."""
    rules = [
        a_rule(number, f"g{number}", path=[f"/p{number}", f"/p{number}/*"])
        if number <= 50
        else a_rule(number, f"g{number}", host=f"h{number}.example.com")
        for number in range(1, 101)
    ]
    files = {"solution.json": json.dumps(rules)}
    exercise = exercise_of(alb_listener_rules, table={}, files=files)
    other = json.dumps([*rules[:-1], {**rules[-1], "Priority": 40_000}])
    taken = median_cpu(lambda: verdict_anew(exercise, other), effort)
    return Row("a verdict on 100 listener rules", taken, "ms CPU")


def requests_row(effort: Effort) -> Row:
    dice = random.Random(5)
    rules = [some_rules(dice, most=10) for _ in range(10)]
    requests = [a_request(dice) for _ in range(100)]

    def work() -> None:
        for one in rules:
            for request in requests:
                outcome(one, request, LISTENER)

    assert compare(rules[0], rules[0], LISTENER) is None
    return Row("decide one request by listener rules", median_cpu(work, effort), "µs CPU")
