"""An address plan against its exercise: what its subnets can hold, where they lie and where they
lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from labs.grading.network.addresses.plan import (
    LARGEST,
    SMALLEST,
    Plan,
    PlanAnswer,
    PlannedSubnet,
    has_host_bits,
    has_legal_size,
    prefix_length,
    smallest_prefix_for,
)
from labs.grading.network.exercise.packets import Locate
from labs.grading.network.exercise.plan_exercise import Need, PlanExercise
from labs.grading.report import Finding, Report, Severity
from labs.grading.said import say


def check_plan(answer: PlanAnswer, spec: PlanExercise) -> Report:
    plan, locate = answer.plan, answer.document.position
    findings = [
        vpc_finding(plan, spec),
        *(fit_finding(plan, need, spec.zones, locate) for need in spec.needs),
        overlap_finding(plan, spec, locate),
        *(access_finding(plan, need, locate) for need in spec.needs if need.access),
        *(spread_finding(plan, group, spec.spread_points) for group in spec.spread),
        *free_findings(plan, spec),
        *host_bit_findings(plan, locate),
    ]
    subnets = [row(subnet) for subnet in plan.subnets.values()]
    return Report(tuple(findings), {"subnets": subnets, "free": plan.free()})


def vpc_finding(plan: Plan, spec: PlanExercise) -> Finding:
    if not has_legal_size(plan.vpc):
        message = say(
            "The block of a VPC is a /{largest} to /{smallest}; {block} is not.",
            largest=LARGEST,
            smallest=SMALLEST,
            block=plan.vpc.name,
        )
        cure = say("Give the VPC a block from /16 to /28.")
        return Finding("net.subnet-size", False, spec.vpc_points, message, cure=cure)
    right = spec.vpc is None or spec.vpc == plan.vpc
    words = say("The VPC is {block}.", block=plan.vpc.name)
    if not right and spec.vpc is not None:
        parts = {"block": plan.vpc.name, "wanted": spec.vpc.name}
        words = say("The VPC is {block}. The task asks for {wanted}.", **parts)
    cure = say("Set the block of the VPC to the one in the task.")
    return Finding("net.wrong-vpc", right, spec.vpc_points, words, cure=cure)


def fit_finding(plan: Plan, need: Need, zones: Sequence[str], locate: Locate) -> Finding:
    """Is the subnet there, legal, inside, large enough and in its zone, and does its route lead
    somewhere? The first thing that is wrong counts."""
    subnet = plan.subnets.get(need.name)
    if subnet is None:
        return Finding(
            "net.subnet-missing",
            False,
            need.points,
            say("There is no subnet {name}.", name=need.name),
            why=need.why,
            cure=say("Add the subnet {name}.", name=need.name),
        )
    found = chain(problems(plan, need, subnet), missing_things(plan, need, zones, subnet))
    code, message = next(found, ("net.subnet-fits", ""))
    passed = code == "net.subnet-fits"
    position = None if passed else locate(subnet.path)
    words = say(
        "{name}, {block}, has {usable} usable addresses.",
        name=need.name,
        block=subnet.block.name,
        usable=subnet.usable,
    )
    return Finding(
        code,
        passed,
        need.points,
        message or words,
        at=position,
        why=need.why,
        cure=cure_of(code, need),
    )


def cure_of(code: str, need: Need) -> str:
    """What to do, without the number that is asked for."""
    name = need.name
    match code:
        case "net.subnet-size":
            return say("Give {name} a block from /16 to /28.", name=name)
        case "net.subnet-outside":
            return say("Move {name} into the block of the VPC.", name=name)
        case "net.too-few-addresses":
            return say("Make {name} larger: it has too few addresses.", name=name)
        case "net.no-gateway":
            return say("Lead {name} to a gateway of the plan, or nowhere.", name=name)
        case "net.wrong-zone" if not need.zone:
            return say("Put {name} into an Availability Zone of the Region.", name=name)
        case "net.wrong-zone":
            return say("Put {name} into the Availability Zone that the task asks for.", name=name)
    return ""


def access_cure(code: str, need: Need) -> str:
    name = need.name
    if code == "net.not-public":
        return say("Route {name} to the internet gateway: it has to be public.", name=name)
    if code == "net.not-private":
        return say("Take the internet gateway out of the route of {name}.", name=name)
    return say("Route {name} to a NAT gateway that stands in a public subnet.", name=name)


def problems(plan: Plan, need: Need, subnet: PlannedSubnet) -> Iterator[tuple[str, str]]:
    name, block = subnet.name, subnet.block
    if not has_legal_size(block):
        yield (
            "net.subnet-size",
            say(
                "{name} is a /{length}; AWS allows /{largest} to /{smallest}.",
                name=name,
                length=prefix_length(block),
                largest=LARGEST,
                smallest=SMALLEST,
            ),
        )
    if not plan.holds(subnet):
        yield (
            "net.subnet-outside",
            say(
                "{name}, {block}, does not lie in {vpc}.",
                name=name,
                block=block.name,
                vpc=plan.vpc.name,
            ),
        )
    if subnet.usable < need.hosts:
        yield (
            "net.too-few-addresses",
            say(
                "{name}, {block}, has {usable} usable addresses; {hosts} hosts need a /{length}.",
                name=name,
                block=block.name,
                usable=subnet.usable,
                hosts=need.hosts,
                length=smallest_prefix_for(need.hosts),
            ),
        )
    if need.zone and subnet.zone != need.zone:
        yield (
            "net.wrong-zone",
            say(
                "{name} is in {zone}; the task asks for {wanted}.",
                name=name,
                zone=subnet.zone or say("no zone"),
                wanted=need.zone,
            ),
        )


def missing_things(
    plan: Plan, need: Need, zones: Sequence[str], subnet: PlannedSubnet
) -> Iterator[tuple[str, str]]:
    """A zone that the Region does not have, and a gateway that the plan does not have: AWS makes
    neither the subnet nor the route. Source: VPC guide, "Subnets for your VPC" and "Configure
    route tables". Where a way out is asked for, that is judged by itself."""
    name, route = subnet.name, subnet.route
    if zones and subnet.zone and subnet.zone not in zones:
        there = ", ".join(zones)
        yield (
            "net.wrong-zone",
            say(
                "{name} is in {zone}; the zones are {there}.",
                name=name,
                zone=subnet.zone,
                there=there,
            ),
        )
    known = not route or subnet.is_public or route in plan.nats
    if not known and need.access != "egress":
        yield (
            "net.no-gateway",
            say(
                "0.0.0.0/0 of {name} leads to {route}, which is no gateway of this plan.",
                name=name,
                route=route,
            ),
        )


def overlap_finding(plan: Plan, spec: PlanExercise, locate: Locate) -> Finding:
    pair = next(plan.overlaps(), None)
    if pair is None:
        enough = len(plan.subnets) > 1
        message = (
            say("No two subnets overlap.")
            if enough
            else say("There are no two subnets to compare.")
        )
        return Finding("net.overlap", enough, spec.overlap_points, message)
    one, other = pair
    first, last = max(one.block.first, other.block.first), min(one.block.last, other.block.last)
    message = say(
        "{one} ({block}) and {other} ({other_block}) overlap: they share {number} addresses.",
        one=one.name,
        block=one.block.name,
        other=other.name,
        other_block=other.block.name,
        number=last - first + 1,
    )
    return Finding(
        "net.overlap",
        False,
        spec.overlap_points,
        message,
        at=locate(other.path),
        cure=say("Move {one} or {other}: they overlap.", one=one.name, other=other.name),
    )


def access_finding(plan: Plan, need: Need, locate: Locate) -> Finding:
    subnet = plan.subnets.get(need.name)
    code = {"public": "net.not-public", "private": "net.not-private", "egress": "net.no-egress"}[
        need.access
    ]
    if subnet is None:
        return Finding(
            code, False, need.access_points, say("There is no subnet {name}.", name=need.name)
        )
    if need.access == "egress" and subnet.is_public:
        code = "net.not-private"
    passed = {
        "public": subnet.is_public,
        "private": not subnet.is_public,
        "egress": plan.has_egress(subnet),
    }[need.access]
    position = None if passed else locate(subnet.path)
    return Finding(
        code,
        passed,
        need.access_points,
        route_words(plan, subnet),
        at=position,
        cure=access_cure(code, need),
    )


def route_words(plan: Plan, subnet: PlannedSubnet) -> str:
    """Where the default route leads, and what is there where the name does not say it."""
    if not subnet.route:
        return say("{name} has no default route.", name=subnet.name)
    parts = {"name": subnet.name, "route": subnet.route}
    if subnet.is_public:
        return say("0.0.0.0/0 of {name} leads to {route}.", **parts)
    if subnet.route not in plan.nats:
        return say(
            "0.0.0.0/0 of {name} leads to {route}, which is no gateway of this plan.", **parts
        )
    parts |= {"home": plan.nats[subnet.route]}
    if plan.has_egress(subnet):
        return say("0.0.0.0/0 of {name} leads to {route}, a NAT gateway in {home}.", **parts)
    return say(
        "0.0.0.0/0 of {name} leads to {route}, a NAT gateway in {home}, "
        "which is not a public subnet.",
        **parts,
    )


def spread_finding(plan: Plan, group: tuple[str, ...], points: int) -> Finding:
    zones = [plan.subnets[name].zone for name in group if name in plan.subnets]
    passed = len(zones) == len(group) == len(set(zones)) and all(zones)
    names = ", ".join(group)
    where = ", ".join(sorted(set(zones) - {""})) or say("no zone")
    cure = say("Put {names} into different Availability Zones.", names=names)
    return Finding(
        "net.not-spread",
        passed,
        points,
        say("{names} are in: {where}.", names=names, where=where),
        cure=cure,
    )


def free_findings(plan: Plan, spec: PlanExercise) -> Iterator[Finding]:
    if spec.free:
        message = say(
            "{free} addresses of the VPC stay free; {wanted} are asked for.",
            free=plan.free(),
            wanted=spec.free,
        )
        enough, cure = (
            plan.free() >= spec.free,
            say("Make the subnets smaller: more addresses must stay free."),
        )
        yield Finding("net.no-space-left", enough, spec.free_points, message, cure=cure)


def host_bit_findings(plan: Plan, locate: Locate) -> Iterator[Finding]:
    for subnet in plan.subnets.values():
        if has_host_bits(subnet):
            message = say(
                "{written} is read as {block}.", written=subnet.written, block=subnet.block.name
            )
            yield Finding(
                "net.host-bits",
                False,
                0,
                message,
                severity=Severity.WARNING,
                at=locate(subnet.path),
            )


def row(subnet: PlannedSubnet) -> dict[str, object]:
    return {
        "name": subnet.name,
        "block": subnet.block.name,
        "usable": subnet.usable,
        "zone": subnet.zone,
        "route": subnet.route,
    }
