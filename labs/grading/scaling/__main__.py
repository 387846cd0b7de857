"""The scaling engine from a shell: one JSON row a line in, one JSON row a line out.

    python -m labs.grading.scaling simulate < rows     rows: {id, group: {MinSize, …}, spec: {…}},
                                                       spec as a lab's [spec]
                                                       → {id, days: [{name, desired, in_service,
                                                       overload, instance_minutes, changes}]}

A row that cannot be read answers {id, error}; the other rows are still answered and the exit status
is 1.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from labs.grading.errors import AnswerError
from labs.grading.json_lines import Row, serve
from labs.grading.scaling.exercise.lint import lint
from labs.grading.scaling.exercise.scaling_exercise import read_scaling_exercise
from labs.grading.scaling.group.answers import read_group
from labs.grading.scaling.simulation.simulator import Run, simulate


def simulate_row(row: Row) -> dict[str, Any]:
    """`group` as AWS takes it; a group that AWS would refuse is an AnswerError."""
    answer, spec = read_group(json.dumps(row["group"])), read_scaling_exercise(row["spec"])
    for refusal in lint(answer).refusals:
        raise AnswerError(refusal.message)
    runs = [simulate(answer.group, task.day, spec.world) for task in spec.tasks]
    return {"days": [run_json(run) for run in runs]}


def run_json(run: Run) -> dict[str, Any]:
    return {
        "name": run.day.name,
        "desired": run.desired,
        "in_service": run.in_service,
        "overload": run.overloaded(),
        "instance_minutes": run.instance_minutes(),
        "changes": [
            [change.minute, change.before, change.after, change.because] for change in run.changes
        ],
    }


COMMANDS = {"simulate": simulate_row}


def main(arguments: list[str], lines: Iterable[str]) -> int:
    return serve(str(__doc__), COMMANDS, arguments, lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin))
