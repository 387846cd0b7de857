"""How a policy's adjustment changes a capacity.

Source: EC2 Auto Scaling User Guide, "Step and simple scaling policies", at
"Scaling adjustment types".
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from labs.grading.scaling.group.model import EXACT, PERCENT, Alarm, Policy, StepAdjustment


def rounded(change: float) -> int:
    """A percentage's change in whole instances: above 1 rounded down, between 0 and 1 up to 1,
    between 0 and -1 to -1, below -1 towards zero. 12.7 → 12, .67 → 1, -.58 → -1, -6.67 → -6."""
    if 0 < abs(change) < 1:
        return 1 if change > 0 else -1
    return math.trunc(change)


def changed(capacity: int, policy: Policy, adjustment: int) -> int:
    """The capacity after an adjustment, not yet held between minimum and maximum."""
    if policy.adjustment_type == EXACT:
        return adjustment
    if policy.adjustment_type != PERCENT:
        return capacity + adjustment
    change = rounded(capacity * adjustment / 100)
    if 0 < abs(change) < policy.least_change:
        change = int(math.copysign(policy.least_change, change))
    return capacity + change


def held(capacity: int, least: int, most: int) -> int:
    """Never below the minimum, never above the maximum."""
    return max(least, min(most, capacity))


def step_for(steps: Iterable[StepAdjustment], alarm: Alarm, value: float) -> StepAdjustment | None:
    """The step whose interval holds the metric's value. Above the threshold the lower bound
    belongs to the interval and the upper one does not, below it is the other way round."""
    distance = value - alarm.threshold
    above = distance > 0 or (distance == 0 and alarm.above)
    return next((step for step in steps if holds(step, distance, above=above)), None)


def holds(step: StepAdjustment, distance: float, *, above: bool) -> bool:
    lower = -math.inf if step.lower is None else step.lower
    upper = math.inf if step.upper is None else step.upper
    return lower <= distance < upper if above else lower < distance <= upper
