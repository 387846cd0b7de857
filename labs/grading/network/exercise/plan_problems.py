"""What can be wrong with one subnet of a plan. Source: VPC guide, "Subnets for your VPC"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from labs.grading.network.addresses.plan import (
    LARGEST,
    SMALLEST,
    Plan,
    PlannedSubnet,
    has_legal_size,
    prefix_length,
    smallest_prefix_for,
)
from labs.grading.network.exercise.plan_exercise import Need
from labs.grading.said import say


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
