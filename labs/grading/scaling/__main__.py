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

from labs.grading.errors import AnswerError, SpecError
from labs.grading.scaling.exercise.lint import lint
from labs.grading.scaling.exercise.scaling_exercise import read_scaling_exercise
from labs.grading.scaling.group.answers import read_group
from labs.grading.scaling.simulation.simulator import Run, simulate


def simulate_row(row: dict[str, Any]) -> dict[str, Any]:
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


def answer_line(line: str) -> dict[str, Any]:
    row: Any = None
    try:
        row = json.loads(line)
        return {"id": row.get("id"), **simulate_row(row)}
    except (AnswerError, SpecError) as error:
        return {"id": row.get("id"), "error": str(error)}
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        name = row.get("id") if isinstance(row, dict) else None
        return {"id": name, "error": f"{type(error).__name__}: {error}"}


def main(arguments: list[str], lines: Iterable[str]) -> int:
    if arguments != ["simulate"]:
        print(__doc__, file=sys.stderr)
        return 2
    answers = [answer_line(line) for line in lines if line.strip()]
    for found in answers:
        print(json.dumps(found, ensure_ascii=False))
    return int(any("error" in found for found in answers))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin))
