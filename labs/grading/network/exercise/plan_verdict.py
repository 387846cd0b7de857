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
)
from labs.grading.network.exercise.packets import Locate
from labs.grading.network.exercise.plan_cures import access_cure, cure_of
from labs.grading.network.exercise.plan_exercise import Need, PlanExercise
from labs.grading.network.exercise.plan_problems import missing_things, problems
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
