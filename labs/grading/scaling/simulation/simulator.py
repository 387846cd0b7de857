"""A group over a day, minute by minute. The same answer always fares the same: nothing is random.

At the beginning of a minute instances that have booted enter service, then scheduled actions run,
then the policies decide by what was measured until the minute before; then the minute's requests
come. Load is spread evenly over all instances in service, termination takes no time, and no
instance ever fails.

Source: EC2 Auto Scaling User Guide, "Dynamic scaling" ("Multiple dynamic scaling policies"): the
largest capacity counts, out as well as in; target tracking removes only where all target tracking
policies that may remove are ready to. "Scheduled scaling": a size outside the limits fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from labs.grading.scaling.group.adjustment import held
from labs.grading.scaling.group.model import CPU, REQUESTS, Group, ScheduledAction
from labs.grading.scaling.simulation.deciders import (
    Decider,
    Now,
    Simple,
    Tracking,
    decider_of,
)
from labs.grading.scaling.simulation.instances import Instances
from labs.grading.scaling.simulation.metrics import Series, value_of
from labs.grading.scaling.simulation.world import Day, World, local_minutes


@dataclass(frozen=True, slots=True)
class Change:
    """The desired capacity changed at a minute, because of a policy or a scheduled action."""

    minute: int
    before: int
    after: int
    because: str

    @property
    def is_out(self) -> bool:
        return self.after > self.before


@dataclass(frozen=True, slots=True)
class Failure:
    """A scheduled action that AWS would not carry out."""

    minute: int
    action: ScheduledAction
    sizes: tuple[int, int, int]  # minimum, maximum, desired as they would have been


@dataclass(slots=True)
class Run:
    """A day as it went: for each minute the instances in service, those that run, the limits."""

    day: Day
    serves: int
    in_service: list[int] = field(default_factory=list)
    desired: list[int] = field(default_factory=list)
    limits: list[tuple[int, int]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    cuts: list[Change] = field(default_factory=list)  # by a scheduled maximum below the desired

    def errors(self, minute: int) -> int:
        """Requests that nobody answers in this minute."""
        return max(0, self.day.load[minute] - self.in_service[minute] * self.serves)

    def overloaded(self) -> list[int]:
        """The minutes with errors."""
        return [minute for minute in range(len(self.day.load)) if self.errors(minute)]

    def instance_minutes(self) -> int:
        """What is paid for: from launch to termination."""
        return sum(self.desired)

    def flaps(self, window: int) -> list[Change]:
        """Changes against the direction of the change before, at most `window` minutes later."""
        return [
            change
            for before, change in zip(self.changes, self.changes[1:], strict=False)
            if before.is_out is not change.is_out and change.minute - before.minute <= window
        ]


def simulate(group: Group, day: Day, world: World) -> Run:
    """`group` has passed `lint`: its minimum, desired and maximum are in order."""
    return Simulator(group, day, world).run()


class Simulator:
    def __init__(self, group: Group, day: Day, world: World) -> None:
        self.group, self.day, self.world = group, day, world
        self.least, self.most, self.desired = group.least, group.most, group.desired
        self.instances = Instances(group.desired, world.boot)
        self.series = {CPU: Series(), REQUESTS: Series()}
        self.deciders = [decider_of(one, world) for one in group.policies if one.enabled]
        self.schedule = schedule(group, day)
        self.result = Run(day, world.serves)

    def run(self) -> Run:
        for minute in range(len(self.day.load)):
            for action in self.schedule.get(minute, ()):
                self.carry_out(action, minute)
            if minute:
                self.decide(minute)
            self.measure(minute)
        return self.result

    def carry_out(self, action: ScheduledAction, minute: int) -> None:
        sizes = action.sizes
        least = self.least if sizes.least is None else sizes.least
        most = self.most if sizes.most is None else sizes.most
        wanted = self.desired if sizes.desired is None else sizes.desired
        if least > most or (sizes.desired is not None and not least <= wanted <= most):
            self.result.failures.append(Failure(minute, action, (least, most, wanted)))
            return
        self.least, self.most = least, most
        if sizes.desired is None and wanted > most:
            self.result.cuts.append(Change(minute, self.desired, most, action.name))
        self.change(held(wanted, least, most), minute, action.name)

    def decide(self, minute: int) -> None:
        serving = self.result.in_service[-1]
        now = Now(minute, serving, self.desired, self.instances, self.series)
        wishes = [(decider, decider.wants(now)) for decider in self.deciders]
        chosen = self.choose(
            [(one, held(to, self.least, self.most)) for one, to in wishes if to is not None]
        )
        if chosen is None:
            return
        decider, wanted = chosen
        self.change(wanted, minute, decider.policy.name)
        if isinstance(decider, Simple):
            for other in self.deciders:
                if isinstance(other, Simple):
                    other.blocked = decider.until(now)

    def choose(self, wishes: list[tuple[Decider, int]]) -> tuple[Decider, int] | None:
        """The largest of those who want more; else the largest of those who want less."""
        more = [wish for wish in wishes if wish[1] > self.desired]
        less = [wish for wish in wishes if wish[1] < self.desired and self.may_remove(wish[0])]
        return max(more or less, key=lambda wish: wish[1], default=None)

    def may_remove(self, decider: Decider) -> bool:
        if not isinstance(decider, Tracking):
            return True
        tracking = [one for one in self.deciders if isinstance(one, Tracking)]
        return all(one.ready_to_scale_in for one in tracking if one.policy.scales_in)

    def change(self, wanted: int, minute: int, because: str) -> None:
        if wanted == self.desired:
            return
        self.result.changes.append(Change(minute, self.desired, wanted, because))
        self.desired = wanted
        self.instances.set_to(wanted, minute)

    def measure(self, minute: int) -> None:
        serving, load = self.instances.in_service(minute), self.day.load[minute]
        self.result.in_service.append(serving)
        self.result.desired.append(self.desired)
        self.result.limits.append((self.least, self.most))
        for metric, series in self.series.items():
            series.add(value_of(metric, load, serving, self.world.serves) if serving else None)


def schedule(group: Group, day: Day) -> dict[int, list[ScheduledAction]]:
    """Minute → the actions that run then, in the order in which they are written."""
    found: dict[int, list[ScheduledAction]] = {}
    for action in group.actions:
        for minute in minutes_of(action, day):
            found.setdefault(minute, []).append(action)
    return found


def minutes_of(action: ScheduledAction, day: Day) -> Iterator[int]:
    if action.cron is None:
        yield from once(action.start, day)
        return
    for minute, local in enumerate(local_minutes(day.start, len(day.load), action.zone)):
        if action.cron.fits(local) and is_within(action, day.start + timedelta(minutes=minute)):
            yield minute


def once(start: datetime | None, day: Day) -> Iterator[int]:
    if start is not None:
        minute = int((start - day.start).total_seconds() // 60)
        if 0 <= minute < len(day.load):
            yield minute


def is_within(action: ScheduledAction, moment: datetime) -> bool:
    return (action.start is None or action.start <= moment) and (
        action.end is None or moment <= action.end
    )
