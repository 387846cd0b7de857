"""A decision told to the learner: which policy decided, and what should have become of the
request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from labs.grading.iam.comparison.comparison import Counterexample
from labs.grading.iam.decision.evaluation import allowed_in
from labs.grading.iam.decision.explanation import decider
from labs.grading.iam.decision.requests import Value
from labs.grading.listing import listed_with_and
from labs.grading.said import Said, filled, say

YOUR_POLICY = say("your policy")
# (allowed, under conditions) → the sentence; where the learner's policy decides
YOURS = {
    (True, False): say("{request} is allowed by your policy; it should be denied."),
    (True, True): say("{request} is allowed by your policy when {facts}; it should be denied."),
    (False, False): say("{request} is denied by your policy; it is needed."),
    (False, True): say("{request} is denied by your policy when {facts}; it is needed."),
}
# Where another statement decides, and `place` names it
OTHERS = {
    (True, False): say("{request} is allowed by {place}; it should be denied."),
    (True, True): say("{request} is allowed by {place} when {facts}; it should be denied."),
    (False, False): say("{request} is denied by {place}; it is needed."),
    (False, True): say("{request} is denied by {place} when {facts}; it is needed."),
}
# Where no statement decides, and none of them is in a policy of the learner's alone
NOBODY = {
    False: say("{request} is denied; it is needed."),
    True: say("{request} is denied when {facts}; it is needed."),
}


def verdict_sentence(request: str, trace: Mapping[str, Any], facts: str = "") -> Said:
    """What became of a request, whose doing it was, and that it should have been otherwise."""
    allowed, place = trace["outcome"] == "Allowed", trace["decided_by"]
    parts = {"request": request, "place": place, "facts": facts}
    if trace["policy"] == YOUR_POLICY or (not place and is_in_play(trace)):
        return filled(YOURS[(allowed, bool(facts))], **parts)
    if place:
        return filled(OTHERS[(allowed, bool(facts))], **parts)
    return filled(NOBODY[bool(facts)], **parts)


def is_in_play(trace: Mapping[str, Any]) -> bool:
    return any(row["policy"] == YOUR_POLICY for row in trace["statements"])


def with_yours_first(trace: Mapping[str, Any]) -> dict[str, Any]:
    """Where several statements allow a request, as across accounts, the learner's own is told."""
    rows = (row for row in trace["statements"] if row["applies"] and row["effect"] == "Allow")
    yours = next((row for row in rows if row["policy"] == YOUR_POLICY), None)
    if yours is None or trace["outcome"] != "Allowed" or trace["policy"] == YOUR_POLICY:
        return dict(trace)
    told = {
        "layer": yours["layer"],
        "reason": allowed_in(yours["layer"]),
        "decided_by": decider(yours["policy"], yours["label"]),
        "policy": yours["policy"],
        "line_path": yours["path"],
    }
    return {**trace, **told}


def facts_of(found: Counterexample, missed: Iterable[str]) -> str:
    """What the request carries, and does not, that matters."""
    when = [say("{key} is {value}", key=key, value=words(v)) for key, v in found.context.items()]
    without = [say("the request carries no {key}", key=key) for key in missed]
    return listed_with_and([*when, *without])


def request_words(found: Counterexample) -> str:
    parts = {"action": found.action, "resource": found.resource}
    if not found.principal:
        return say("{action} on {resource}", **parts)
    who = say("anybody") if found.principal == "*" else found.principal
    if found.own_permission:
        return say("{action} on {resource} by {who}", **parts, who=who)
    return say(
        "{action} on {resource} by {who}, who has no permission of their own,", **parts, who=who
    )


def words(value: Value) -> str:
    return listed_with_and(value) if isinstance(value, tuple) else value or '""'
