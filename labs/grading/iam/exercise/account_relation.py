"""How an account stands to the expected one, of all its people together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from labs.grading.iam.exercise.case_comparison import CaseComparison
from labs.grading.iam.exercise.policy_verdict import relation_of
from labs.grading.report import Finding, Relation, RelationName
from labs.grading.said import say

RELATIONS = {
    RelationName.EQUAL: say("Everybody may do exactly what is asked."),
    RelationName.WIDER: say("Everybody may do all that is needed, and somebody more than that."),
    RelationName.NARROWER: say("Nobody may do too much, but somebody not all that is needed."),
    RelationName.DIFFERENT: say(
        "Somebody may do more than is needed, and somebody not all that is needed."
    ),
}
OTHERWISE = say(
    "Everybody may do exactly what is asked, but does not get it in the way that is asked."
)


def relation_in_words(compared: list[CaseComparison], findings: Sequence[Finding]) -> Relation:
    """Of people and not of a policy: an account has many."""
    relation = relation_of(compared)
    is_all = all(found.passed for found in findings if found.points)
    if relation.name == RelationName.EQUAL and not is_all:
        return replace(relation, words=OTHERWISE)
    return replace(relation, words=RELATIONS[relation.name])
