"""Groups with policies, broken: a policy, an alarm, a step or a scheduled action left out, another
number, another operator, another hour."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.json_text import Path, read_json
from labs.grading.mutants import Mutant
from labs.grading.mutants.json_trees import Json, at, cut, put, written

OTHERS = {
    "GreaterThanOrEqualToThreshold": "LessThanThreshold",
    "GreaterThanThreshold": "LessThanThreshold",
    "LessThanThreshold": "GreaterThanThreshold",
    "LessThanOrEqualToThreshold": "GreaterThanThreshold",
    "ChangeInCapacity": "ExactCapacity",
    "PercentChangeInCapacity": "ChangeInCapacity",
    "ExactCapacity": "ChangeInCapacity",
}
NUMBERS = {
    "MinSize",
    "MaxSize",
    "DesiredCapacity",
    "TargetValue",
    "Threshold",
    "ScalingAdjustment",
    "MetricIntervalLowerBound",
    "MetricIntervalUpperBound",
    "MinAdjustmentMagnitude",
    "EvaluationPeriods",
    "Period",
}
CAN_GO = {"TimeZone", "Alarm", "MinAdjustmentMagnitude", "DesiredCapacity"}


def broken_groups(text: str) -> Iterator[Mutant]:
    tree: Json = read_json(text).value
    yield from broken(tree, ())


def broken(tree: Json, path: Path) -> Iterator[Mutant]:
    found = at(tree, path)
    if isinstance(found, list):
        for number, one in enumerate(found):
            place = (*path, number)
            if isinstance(one, dict):
                yield written(f"without {named(place)}", cut(tree, place))
            yield from broken(tree, place)
    elif isinstance(found, dict):
        for name in found:
            yield from broken_key(tree, (*path, name))
            yield from broken(tree, (*path, name))


def broken_key(tree: Json, path: Path) -> Iterator[Mutant]:
    key, value = str(path[-1]), at(tree, path)
    if key in CAN_GO or key.startswith("MetricInterval"):
        yield written(f"without {named(path)}", cut(tree, path))
    if key in NUMBERS:
        for other in other_numbers(key, value):
            yield written(f"{named(path)} {other} for {value}", put(tree, path, other))
    if isinstance(value, str) and value in OTHERS:
        yield written(f"{named(path)} {OTHERS[value]}", put(tree, path, OTHERS[value]))
    if key == "Recurrence":
        for time in other_times(str(value)):
            yield written(f"{named(path)} “{time}”", put(tree, path, time))


def other_numbers(key: str, value: int) -> Iterator[int]:
    """Far enough to matter where a little is a matter of taste."""
    if key == "Period":
        yield 10 * value
        return
    if key in ("TargetValue", "Threshold"):
        yield from (value // 3, value + 35)
        return
    yield from (value + 5, max(value // 3, -value // 3) * (1 if value >= 0 else -1))
    if key == "ScalingAdjustment":
        yield -value


def other_times(cron: str) -> Iterator[str]:
    """An hour later, an hour earlier, another weekday."""
    minute, hour, *rest, weekday = cron.split()
    if hour.isdigit():
        for shift in (1, -1):
            yield " ".join([minute, str((int(hour) + shift) % 24), *rest, weekday])
    yield " ".join([minute, hour, *rest, "3" if weekday != "3" else "0"])


def named(path: Path) -> str:
    """Numbers from 1."""
    return "/".join(str(step + 1) if isinstance(step, int) else step for step in path)
