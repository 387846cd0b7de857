"""What each policy wants of the group in a minute.

Source: EC2 Auto Scaling User Guide, "Target tracking scaling policies", "Step and simple scaling
policies", "Scaling cooldowns", "Set the default instance warmup".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from labs.grading.scaling.group.adjustment import changed, step_for
from labs.grading.scaling.group.model import SIMPLE, TARGET, Policy
from labs.grading.scaling.simulation.instances import Instances
from labs.grading.scaling.simulation.metrics import Bell, Series
from labs.grading.scaling.simulation.world import World


@dataclass(frozen=True, slots=True)
class Now:
    """The group at the beginning of a minute; `series` end with the minute before, in which
    `serving` instances were in service."""

    minute: int
    serving: int
    desired: int
    instances: Instances
    series: dict[str, Series]


class Decider(Protocol):
    policy: Policy

    # The capacity that the policy wants, not yet held between minimum and maximum; None: no change
    def wants(self, now: Now) -> int | None: ...


def minutes(seconds: int) -> int:
    return math.ceil(seconds / 60)


def decider_of(policy: Policy, world: World) -> Decider:
    if policy.type == TARGET:
        return Tracking(policy, world)
    bells = [Bell(alarm) for alarm in policy.alarms]
    return Simple(policy, bells) if policy.type == SIMPLE else Stepping(policy, bells)


@dataclass(slots=True)
class Tracking:
    """Rounds up, so that the metric stays below the target. Instances that warm up count as
    capacity: more are added only where that is not enough, and none is removed meanwhile.
    `ready_to_scale_in`: asked of all target tracking policies before one removes anything."""

    policy: Policy
    world: World
    above: int = 0
    below: int = 0
    ready_to_scale_in: bool = False

    def wants(self, now: Now) -> int | None:
        value = now.series[self.policy.metric].latest
        self.count(value)
        self.ready_to_scale_in = False
        if value is None:
            return None
        needed = math.ceil(now.serving * value / self.policy.target - 1e-9)
        if self.above >= self.world.out_minutes:
            return max(needed, now.desired)
        warming = now.instances.warming(now.minute, minutes(self.policy.warmup))
        if self.below >= self.world.in_minutes and not warming:
            self.ready_to_scale_in = needed < now.desired
            return max(needed, now.desired - self.world.in_step) if self.policy.scales_in else None
        return None

    def count(self, value: float | None) -> None:
        target = self.policy.target
        is_above = value is not None and value > target
        is_below = value is not None and value < target * self.world.in_threshold / 100
        self.above = self.above + 1 if is_above else 0
        self.below = self.below + 1 if is_below else 0


@dataclass(slots=True)
class Stepping:
    """Runs again in every minute in which an alarm rings. While it scales out, instances that warm
    up are no part of the capacity from which it counts, so that the same step is not taken twice;
    nothing is removed before all are warm."""

    policy: Policy
    bells: list[Bell]

    def wants(self, now: Now) -> int | None:
        ringing = [bell for bell in self.bells if bell.hear(now.series[bell.alarm.metric])]
        wanted = [one for bell in ringing if (one := self.wanted(bell, now)) is not None]
        return max(wanted, default=None)

    def wanted(self, bell: Bell, now: Now) -> int | None:
        if bell.value is None:
            return None
        step = step_for(self.policy.steps, bell.alarm, bell.value)
        if step is None:
            return None
        warming = now.instances.warming(now.minute, minutes(self.policy.warmup))
        wanted = changed(now.desired - warming, self.policy, step.adjustment)
        if wanted >= now.desired - warming:
            return max(wanted, now.desired)
        return None if warming else wanted


@dataclass(slots=True)
class Simple:
    """Waits until a change is finished, the last new instance in service, and for its cooldown
    after that."""

    policy: Policy
    bells: list[Bell]
    blocked: int = 0  # until this minute

    def wants(self, now: Now) -> int | None:
        ringing = [bell.hear(now.series[bell.alarm.metric]) for bell in self.bells]
        pending = now.instances.all_ready() > now.minute
        if not any(ringing) or pending or now.minute < self.blocked:
            return None
        return changed(now.desired, self.policy, self.policy.adjustment)

    def until(self, now: Now) -> int:
        """Its change was made: the minute in which the cooldown is over, which begins when all are
        in service. The other simple policies of the group wait for it as well."""
        return max(now.minute, now.instances.all_ready()) + minutes(self.policy.cooldown)
