"""What to do about a plan that does not fit, in words that do not give the numbers away."""

from __future__ import annotations

from labs.grading.network.exercise.plan_exercise import Need
from labs.grading.said import say


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
            return say("Route {name} to a gateway of the plan, or nowhere.", name=name)
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
        return say("Remove the internet gateway from the route of {name}.", name=name)
    return say("Route {name} to a NAT gateway that stands in a public subnet.", name=name)
