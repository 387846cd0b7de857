"""What each finding code means."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.said import say

STEPS = "steps-and-percentages"
DAYS = "ahead-of-the-load"

LIMIT_CODES = {
    "asg.min-above-max": Code(
        say("Minimum above maximum"),
        say("A group keeps its size between MinSize and MaxSize, so the minimum is the smaller."),
        STEPS,
    ),
    "asg.desired-outside": Code(
        say("Desired capacity outside the limits"),
        say("DesiredCapacity lies between MinSize and MaxSize."),
        STEPS,
    ),
    "asg.schedule-limits": Code(
        say("A scheduled action whose sizes contradict each other"),
        say("The sizes of a scheduled action obey the same order: minimum, desired, maximum."),
        STEPS,
    ),
}
STEP_CODES = {
    "asg.no-steps": Code(
        say("A step policy without steps"),
        say("Step scaling needs at least one step adjustment."),
        STEPS,
    ),
    "asg.step-bounds": Code(
        say("A step with wrong bounds"),
        say("A step has at least one bound, and its lower bound is less than its upper one."),
        STEPS,
    ),
    "asg.step-gap": Code(
        say("A gap between two steps"),
        say("Each step must begin where the one before ends; AWS refuses a table with a gap."),
        STEPS,
    ),
    "asg.step-overlap": Code(
        say("Two steps overlap"),
        say("No value of the metric may belong to two steps; AWS refuses such a table."),
        STEPS,
    ),
    "asg.step-open-end": Code(
        say("A table that ends too early"),
        say(
            "Steps above the threshold end with one that has no upper bound, steps below it with "
            "one that has no lower bound."
        ),
        STEPS,
    ),
    "asg.step-silent": Code(
        say("The alarm rings, and no step holds"),
        say("Bounds count from the threshold: the first step begins at 0."),
        STEPS,
    ),
    "asg.step-wrong": Code(
        say("A step leads to another capacity"),
        say(
            "Look up the distance from the threshold in the table, then the type of the "
            "adjustment: percentages are rounded towards zero, and never to nothing."
        ),
        STEPS,
    ),
}
DAY_CODES = {
    "asg.overload": Code(
        say("More requests than the instances can answer"),
        say(
            "A new instance helps only after it has booted. Add earlier, add more at a time, or "
            "begin before the peak with a scheduled action."
        ),
        DAYS,
    ),
    "asg.max-too-small": Code(
        say("The maximum holds the group back"),
        say("No policy adds instances above MaxSize."),
        DAYS,
    ),
    "asg.no-scale-out": Code(
        say("Nothing adds instances"),
        say("A group grows by a policy whose alarm rings, or by a scheduled action."),
        DAYS,
    ),
    "asg.too-expensive": Code(
        say("More instances than needed"),
        say("Every instance is paid for from its launch to its termination."),
        DAYS,
    ),
    "asg.min-too-large": Code(
        say("The minimum keeps too many"),
        say("No policy removes instances below MinSize. Raise it for a rush, and lower it again."),
        DAYS,
    ),
    "asg.never-scales-in": Code(
        say("Nothing removes instances"),
        say("What was added stays until a policy, or a scheduled action, removes it."),
        DAYS,
    ),
    "asg.flapping": Code(
        say("Instances come and go"),
        say(
            "Where the thresholds for adding and removing lie close together, each change rings "
            "the other alarm. Leave room between them, and let instances warm up."
        ),
        DAYS,
    ),
    "asg.below-floor": Code(
        say("Too few instances at a known time"),
        say("A scheduled action has to run so much earlier as an instance needs to boot."),
        DAYS,
    ),
    "asg.not-simulated": Code(
        say("No day was simulated"),
        say("AWS would refuse the group; mend that first."),
        DAYS,
    ),
}
ADVICE_CODES = {
    "asg.policy-without-alarm": Code(
        say("A policy that nothing calls"),
        say("Step and simple scaling do something only when an alarm rings."),
        STEPS,
    ),
    "asg.schedule-fails": Code(
        say("A scheduled action fails"),
        say("At that moment its sizes contradict those of the group, and nothing changes."),
        DAYS,
    ),
    "asg.schedule-cuts": Code(
        say("A scheduled maximum takes instances away"),
        say("A maximum below the desired capacity terminates instances at once."),
        DAYS,
    ),
}
CODES: dict[str, Code] = {**LIMIT_CODES, **STEP_CODES, **DAY_CODES, **ADVICE_CODES}
