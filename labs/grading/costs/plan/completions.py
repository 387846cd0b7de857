"""The words of a plan."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.costs.plan.answers import HOSTS, RESERVED, RUNS, SAVINGS
from labs.grading.costs.plan.world import HOST, ON_DEMAND, SPOT
from labs.grading.said import say

SLOTS = (Slot("text", "", ("plan",), asked=True),)
PLAN = (
    (RESERVED, say("how many of each offer, below it")),
    (SAVINGS, say("dollars an hour that you commit to")),
    (RUNS, say("how each workload runs, below it")),
    (HOSTS, say("how many whole machines")),
    (ON_DEMAND, say("an ordinary instance")),
    (SPOT, say("cheap, and can be taken back")),
    (HOST, say("on a whole machine of your own")),
)


def words(topic: str) -> Words:
    """No topic has words of its own."""
    return {} if topic else {"plan": PLAN}
