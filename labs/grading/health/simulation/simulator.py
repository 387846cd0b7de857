"""A log under a target group's settings, event by event; the same every time.

Source: User Guide for Application Load Balancers, "Health checks for Application Load Balancer
target groups" and "Edit target group attributes for your Application Load Balancer":
  a check is sent every interval, and has failed without an answer within the time-out;
  a new target is in service after one pass; after that, thresholds count in a row;
  where all targets are unhealthy, requests go to all of them;
  a deregistered target gets no new requests and is draining until its delay has passed, even when
  all its requests are finished before;
  a cookie leads to its target while that is healthy.

AWS does not say when the first check comes, and checks from several nodes. Here one node checks, at
the second of registration first, and round robin goes on behind the target that was last.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count

from labs.grading.health.settings.model import TargetGroup
from labs.grading.health.simulation.run import Cut, Hit, Move, Reason, Run, Seen, State
from labs.grading.health.simulation.server import Server
from labs.grading.health.simulation.world import Log, Reply, Visit

# What happens first within a second
CONTROL, RESULT, CHECK = range(3)


def simulate(group: TargetGroup, log: Log) -> Run:
    return Simulation(group, log).run()


class Simulation:
    def __init__(self, group: TargetGroup, log: Log) -> None:
        self.group, self.log = group, log
        self.servers: dict[str, Server] = {}
        self.order = {target.name: place for place, target in enumerate(log.targets)}
        self.last = -1  # whose turn it was
        self.queue: list[tuple[int, int, int, Callable[[int], None]]] = []
        self.numbers = count()
        self.hits: list[Hit] = []
        self.cuts: list[Cut] = []
        self.moves: list[Move] = []
        self.cookies: dict[str, tuple[str, int]] = {}  # target and when it expires
        self.sessions: dict[str, tuple[str, int]] = {}
        self.swaps = list(log.deployment.swaps) if log.deployment else []
        self.swapping: tuple[str, str] | None = None
        self.deployed: int | None = None

    def at(self, second: int, order: int, do: Callable[[int], None]) -> None:
        heappush(self.queue, (second, order, next(self.numbers), do))

    def run(self) -> Run:
        for target in self.log.targets:
            if target.registers is not None:
                self.plan_registration(target.name, target.registers)
        for second, name in self.log.leaves:
            self.at(second, CONTROL, lambda now, name=name: self.deregister(name, now))  # type: ignore[misc]
        if self.log.deployment:
            self.at(self.log.deployment.start, CONTROL, self.next_swap)
        for visit in self.log.visits():
            self.pass_time(visit.second)
            self.visit(visit)
        self.pass_time(self.log.seconds - 1)
        seen = [server.finish(self.log.seconds) for server in self.servers.values()]
        seen.sort(key=lambda one: self.order[one.target.name])
        return Run(
            self.group,
            self.log,
            tuple(seen),
            tuple(self.hits),
            tuple(self.cuts),
            tuple(self.moves),
            self.deployed,
        )

    def pass_time(self, until: int) -> None:
        """Everything up to that second, before the requests in it."""
        while self.queue and self.queue[0][0] <= until:
            second, _order, _number, do = heappop(self.queue)
            do(second)

    # --- Targets ----------------------------------------------------------------------------------

    def plan_registration(self, name: str, second: int) -> None:
        self.at(max(0, second), CONTROL, lambda now: self.register(name, now, new=second >= 0))

    def register(self, name: str, now: int, *, new: bool) -> None:
        target = self.log.targets[self.order[name]]
        self.servers[name] = server = Server(Seen(target, now), new=new)
        self.at(now, CHECK, lambda second: self.check(server, second))

    def check(self, server: Server, now: int) -> None:
        if not server.registered:
            return
        reply = server.reply(self.group.path, now)
        self.at(now + self.group.interval, CHECK, lambda second: self.check(server, second))
        wait = min(reply.seconds, self.group.timeout)
        if wait:
            self.at(now + wait, RESULT, lambda second: self.checked(server, now, second, reply))
        else:
            self.checked(server, now, now, reply)

    def checked(self, server: Server, sent: int, now: int, reply: Reply) -> None:
        if not server.registered:
            return
        server.checked(sent, now, reason_of(self.group, reply), reply.status, self.group)
        if self.swapping and self.swapping[1] == server.name and server.state == State.HEALTHY:
            old, self.swapping = self.swapping[0], (self.swapping[0], "")
            self.deregister(old, now)

    def deregister(self, name: str, now: int) -> None:
        server = self.servers[name]
        if server.registered:
            server.turn(State.DRAINING, Reason.DRAINING, now)
            self.at(now + self.group.delay, CONTROL, lambda second: self.stop(server, second))

    def stop(self, server: Server, now: int) -> None:
        """It is unused, and whoever waited for that ends it."""
        server.turn(State.UNUSED, Reason.UNREGISTERED, now)
        for end, visit in server.open:
            if end > now:
                cut = Cut(now, visit.who, server.name, visit.second, visit.seconds)
                self.cuts.append(cut)
        server.open.clear()
        if self.swapping and self.swapping[0] == server.name:
            self.next_swap(now)

    def next_swap(self, now: int) -> None:
        if not self.swaps:
            self.swapping, self.deployed = None, now
            return
        self.swapping = self.swaps.pop(0)
        self.register(self.swapping[1], now, new=True)

    # --- Requests ---------------------------------------------------------------------------------

    def visit(self, visit: Visit) -> None:
        server, is_open = self.chosen(visit)
        if server is None:
            self.hits.append(Hit(visit.second, visit.who, "", False, False))
            return
        served = server.reply(self.log.page, visit.second).serves
        self.hits.append(Hit(visit.second, visit.who, server.name, served, is_open))
        if served:
            server.open.append((visit.second + visit.seconds, visit))
            self.remember(visit, server.name)

    def chosen(self, visit: Visit) -> tuple[Server | None, bool]:
        """By the visitor's cookie, else by turns; and whether all targets are unhealthy."""
        healthy = [one for one in self.servers.values() if one.state == State.HEALTHY]
        registered = healthy or [one for one in self.servers.values() if one.registered]
        if not registered:
            return None, False
        name, expires = self.cookies.get(visit.who, ("", 0))
        if expires > visit.second:
            for server in healthy:
                if server.name == name:
                    if self.log.renews:
                        self.give_cookie(visit, name)
                    return server, False
        server = min(registered, key=self.turn_of)
        self.last = self.order[server.name]
        self.give_cookie(visit, server.name)
        return server, not healthy

    def turn_of(self, server: Server) -> int:
        return (self.order[server.name] - self.last - 1) % len(self.order)

    def give_cookie(self, visit: Visit, name: str) -> None:
        if self.group.cookie:
            self.cookies[visit.who] = (name, visit.second + self.group.cookie)

    def remember(self, visit: Visit, name: str) -> None:
        """What the application keeps of a visitor in the memory of the target."""
        if not visit.session:
            return
        before, until = self.sessions.get(visit.who, (name, 0))
        if until > visit.second and before != name:
            self.moves.append(Move(visit.second, visit.who, before, name))
        self.sessions[visit.who] = (name, visit.second + visit.session)


def reason_of(group: TargetGroup, reply: Reply) -> Reason:
    """Why a check fails; none if it passes."""
    if reply.seconds > group.timeout:
        return Reason.TIMEOUT
    if not reply.status:
        return Reason.FAILED
    return Reason.NONE if group.takes(reply.status) else Reason.MISMATCH
