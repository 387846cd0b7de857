"""What each finding code of a plan means."""

from __future__ import annotations

from labs.grading.costs.plan.improving import (
    COMBINATION,
    COMMIT_LESS,
    COMMIT_MORE,
    FEWER_HOSTS,
    OTHER_OFFER,
    RESERVE_LESS,
    RESERVE_MORE,
    TO_SPOT,
)
from labs.grading.kind import Code
from labs.grading.said import say

PAYS = "when-a-reservation-pays"
OPTIONS = "ec2-instances-purchasing-options"

RULE_CODES = {
    "plan.kept": Code(say("A rule is kept"), say("The plan keeps this rule."), OPTIONS),
    "plan.interrupted": Code(
        say("Spot for what must not be interrupted"),
        say("A Spot Instance can be taken back with a notice of two minutes."),
        OPTIONS,
    ),
    "plan.licence": Code(
        say("A licence by socket needs a Dedicated Host"),
        say("Only on a Dedicated Host you know the sockets that a licence is counted by."),
        OPTIONS,
    ),
    "plan.host-full": Code(
        say("Too few Dedicated Hosts"),
        say("At some hour more instances run on hosts than the hosts can hold."),
        OPTIONS,
    ),
    "plan.term": Code(
        say("Bound for too long"),
        say("The offer binds for more years than the task allows."),
        OPTIONS,
    ),
    "plan.budget": Code(
        say("Too much upfront"),
        say("What is paid upfront for all reservations together is more than there is."),
        PAYS,
    ),
    "plan.no-such-name": Code(
        say("A name that the lab does not have"),
        say("Offers and workloads have the names that stand in the task."),
        OPTIONS,
    ),
    "plan.not-priced": Code(
        say("The plan was not priced"),
        say("Before a plan is compared with the cheapest one it has to keep the rules."),
        PAYS,
    ),
}
COST_CODES = {
    "plan.cheap": Code(
        say("Cheap enough"), say("The plan is near enough to the cheapest one."), PAYS
    ),
    f"plan.{RESERVE_LESS}": Code(
        say("Reserved instances run idle"),
        say("A reservation is paid in every hour, whether an instance runs or not."),
        PAYS,
    ),
    f"plan.{RESERVE_MORE}": Code(
        say("Steady load is paid by the hour"),
        say("What runs in most hours of the week is cheaper when it is reserved."),
        PAYS,
    ),
    f"plan.{COMMIT_LESS}": Code(
        say("A part of the commitment is lost"),
        say("A Savings Plan is paid in every hour. What is not used of it is lost."),
        PAYS,
    ),
    f"plan.{COMMIT_MORE}": Code(
        say("More could be committed"),
        say("What runs in most hours is cheaper under a Savings Plan than On-Demand."),
        PAYS,
    ),
    f"plan.{TO_SPOT}": Code(
        say("What can be interrupted pays the full price"),
        say("Work that can be stopped and begun again is cheapest on Spot Instances."),
        OPTIONS,
    ),
    f"plan.{OTHER_OFFER}": Code(
        say("Another offer gives the same for less"),
        say("With its share of what is paid upfront, each offer has a price for an hour."),
        PAYS,
    ),
    f"plan.{FEWER_HOSTS}": Code(
        say("A Dedicated Host stands empty"),
        say("A host is paid by the hour, however few instances run on it."),
        OPTIONS,
    ),
    f"plan.{COMBINATION}": Code(
        say("Only several changes together help"),
        say("Reservations and the Savings Plan pay for the same load: change both together."),
        PAYS,
    ),
}
CODES = RULE_CODES | COST_CODES
