"""What each finding code means."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.said import say

CHECKS = "how-checks-are-counted"
LEAVING = "leaving-and-staying"

REFUSED_CODES = {
    "health.out-of-range": Code(
        say("A number outside its limits"),
        say(
            "Interval 5 to 300 seconds, time-out 2 to 120, thresholds 2 to 10, deregistration "
            "delay 0 to 3600, duration of a cookie 1 second to 7 days."
        ),
        CHECKS,
    ),
    "health.timeout-not-shorter": Code(
        say("A time-out as long as the interval"),
        say("A check must have ended before the next one is sent."),
        CHECKS,
    ),
    "health.matcher-range": Code(
        say("A code that no matcher takes"),
        say("An ALB takes codes from 200 to 499 as a sign of health."),
        CHECKS,
    ),
    "health.not-simulated": Code(
        say("No log was replayed"),
        say("AWS would refuse the target group; mend that first."),
        CHECKS,
    ),
}
CHECK_CODES = {
    "health.slow-out": Code(
        say("Out of service too late"),
        say(
            "Until the balancer notices, users meet the dead target: about the interval times the "
            "unhealthy threshold."
        ),
        CHECKS,
    ),
    "health.blind": Code(
        say("The check does not see the fault"),
        say("The path answers, and the matcher takes the answer, though users get nothing."),
        CHECKS,
    ),
    "health.fail-open": Code(
        say("All targets unhealthy: requests go to all"),
        say(
            "Where no target is healthy the balancer sends requests to all of them, the dead ones "
            "included. The checks decide nothing any more."
        ),
        CHECKS,
    ),
    "health.needless": Code(
        say("A target that answers users is out of service"),
        say(
            "Either the path asks more than users need, or the matcher does not know the answer, "
            "or a short delay is taken for death."
        ),
        CHECKS,
    ),
    "health.slow-in": Code(
        say("Into service too late"),
        say(
            "A new target needs one pass, one that was out as many in a row as the healthy "
            "threshold says."
        ),
        CHECKS,
    ),
}
LEAVING_CODES = {
    "health.cut": Code(
        say("Requests are cut off"),
        say("When the deregistration delay is over the target stops, whoever is being answered."),
        LEAVING,
    ),
    "health.slow-deployment": Code(
        say("The deployment takes too long"),
        say("Each old target is draining until its delay is over, even when it has nothing to do."),
        LEAVING,
    ),
    "health.session-lost": Code(
        say("A session is lost"),
        say(
            "What a target keeps in its memory no other target knows. A cookie must last from one "
            "request to the next."
        ),
        LEAVING,
    ),
    "health.imbalance": Code(
        say("One target does most of the work"),
        say(
            "Who has a cookie stays, so new targets get new visitors only. Let a cookie end when "
            "it is not needed any more."
        ),
        LEAVING,
    ),
    "health.cookie-off": Code(
        say("A cookie's duration without stickiness"),
        say("The duration does something only while stickiness.enabled is true."),
        LEAVING,
    ),
}
CODES: dict[str, Code] = {**REFUSED_CODES, **CHECK_CODES, **LEAVING_CODES}
