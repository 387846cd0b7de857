"""A placement against its exercise.

Report.extra: see `labs.grading.placement.exercise.picture`.
"""

from __future__ import annotations

from labs.grading.placement.answers.placing import placed
from labs.grading.placement.answers.reader import PlacementAnswer
from labs.grading.placement.exercise.demands import checks_of, judged
from labs.grading.placement.exercise.findings import MOST_MISTAKES, finding, outcome, warning
from labs.grading.placement.exercise.picture import drawn
from labs.grading.placement.zones.world import World
from labs.grading.report import Finding, Report
from labs.grading.said import say

TITLE = say("What is left")


def check_placement(answer: PlacementAnswer, world: World) -> Report:
    found = placed(answer, world)
    all_of_it = judged(found.placement, world)
    return Report(
        (
            *(finding(check, found.placement, world) for check in checks_of(all_of_it)),
            *warnings(answer, world),
        ),
        drawn(found.placement, all_of_it, world),
        outcomes=tuple(outcome(one, world) for one in all_of_it),
        outcomes_title=TITLE,
    )


def placement_holds(answer: PlacementAnswer, world: World) -> list[bool]:
    """As the checks of `check_placement`, in their order."""
    checks = checks_of(judged(placed(answer, world).placement, world))
    return [all(one.left.enough for one in check) for check in checks if check[0].points]


def warnings(answer: PlacementAnswer, world: World) -> list[Finding]:
    mistakes = placed(answer, world).mistakes
    return [warning(mistake, world) for mistake in mistakes[:MOST_MISTAKES]]
