"""What the page draws: rule by rule, how many of the lab's requests still come to it, and which of
them it takes."""

from __future__ import annotations

from collections.abc import Sequence

from labs.grading.balancing.exercise.samples import Routed
from labs.grading.balancing.rules.rule import Rules
from labs.grading.balancing.rules.words import action_words, rule_words

MOST_RUNGS = 24


def ladder(rules: Rules, found: Sequence[Routed]) -> list[dict[str, object]]:
    """In the order in which rules are tried. `left`, `taken` and `right` are parts of all requests
    that are shown, in percent. Empty where there is nothing to show, or too much."""
    shown = [one for one in found if not one.sample.hidden]
    if not shown or len(rules.ordered) > MOST_RUNGS:
        return []
    rungs, left = [], len(shown)
    for rule in rules.ordered:
        words = rule_words(rule)
        takes = [one for one in shown if (one.path, one.rule) == (rule.path, words)]
        rungs.append(
            {
                "rule": words,
                "action": action_words(rule.action),
                "come": left,
                "takes": len(takes),
                "left": percent(left, len(shown)),
                "taken": percent(len(takes), len(shown)),
                "right": percent(sum(one.passed for one in takes), len(shown)),
                "requests": [{"name": one.sample.name, "right": one.passed} for one in takes],
            }
        )
        left -= len(takes)
    return rungs


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%"
