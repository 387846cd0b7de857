"""Reports that were stored before their fields had types (format 1), read as today's.

Grades are never changed, so their reports stay as they were written. What this module knows of keys
and words is history: nothing new belongs here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from labs.grading.report import (
    FORMAT,
    Case,
    Finding,
    Outcome,
    Relation,
    RelationName,
    Replay,
    Report,
    Severity,
)
from labs.grading.report_json import from_json

RELATIONS = {
    "equal": Relation(RelationName.EQUAL, "Your answer does exactly what is expected."),
    "learner_wider": Relation(RelationName.WIDER, "Your answer allows more than is needed."),
    "learner_narrower": Relation(RelationName.NARROWER, "Your answer lacks something needed."),
    "incomparable": Relation(
        RelationName.DIFFERENT, "Your answer allows too much here and too little there."
    ),
}
WORDS = {
    "allow": "allowed",
    "Allowed": "allowed",
    "deny": "denied",
    "ImplicitlyDenied": "denied, no Allow applies",
    "ExplicitlyDenied": "denied, a Deny applies",
}
PASSES = {"allow": "passes", "deny": "is stopped"}
REFUSED = "This answer would be refused where it belongs, so nothing was decided."
TYPED = ("refused", "relation", "scenarios", "packets", "probes", "drawing", "stages")


def read_report(data: Mapping[str, Any]) -> Report:
    if data.get("format") == FORMAT:
        return Report.from_json(data)
    extra = data.get("extra") or {}
    return Report(
        tuple(read_finding(row) for row in data["findings"]),
        {key: renamed(value) for key, value in extra.items() if key not in TYPED},
        relation=relation_of(extra),
        refused=REFUSED if extra.get("refused") else "",
        outcomes=tuple(outcomes_of(extra)),
        scene=extra.get("drawing") or {},
    )


def read_outcomes(data: Mapping[str, Any]) -> tuple[Outcome, ...]:
    """Of a whole report no more than these, and without their replays: to compare them."""
    if data.get("format") != FORMAT:
        return read_report(data).outcomes
    rows = data.get("outcomes", ())
    return tuple(
        from_json(Outcome, {name: row[name] for name in row if name != "replay"}) for row in rows
    )


def read_finding(row: Mapping[str, Any]) -> Finding:
    """Advice said how serious it was in `actual`."""
    is_advice = not row["points"] and row["actual"] in list(Severity)
    line = row["line"]
    return Finding(
        row["code"],
        row["passed"],
        row["points"],
        row["message"],
        at=None if line is None else (line, row["column"] or 1),
        severity=severity_of(row, is_advice=is_advice),
        cases=() if row["passed"] else cases_of(row),
        counterexample=row["counterexample"],
        section=row["section"],
        hidden=row["hidden"],
        expected=WORDS.get(row["expected"], row["expected"]),
        actual="" if is_advice else row["actual"],
        why=row["why"],
    )


def severity_of(row: Mapping[str, Any], *, is_advice: bool) -> Severity:
    if is_advice:
        return Severity(row["actual"])
    return Severity.ERROR if row["points"] else Severity.WARNING


def cases_of(row: Mapping[str, Any]) -> tuple[Case, ...]:
    example = row["counterexample"]
    if not example:
        return ()
    return (Case(row["message"], replay_of(example)),)


def replay_of(row: Mapping[str, Any]) -> Replay | None:
    if row.get("walk"):
        return Replay("walk", row["walk"])
    if row.get("trace"):
        return Replay("decision", {"request": row["request"], "trace": row["trace"]})
    return None


def relation_of(extra: Mapping[str, Any]) -> Relation | None:
    compared = [extra.get("comparison"), *(extra.get("comparisons") or {}).values()]
    names = {found["relation"] for found in compared if found} or {extra.get("relation")}
    if not names & RELATIONS.keys():
        return None
    wider = names & {"learner_wider", "incomparable"}
    narrower = names & {"learner_narrower", "incomparable"}
    if wider and narrower:
        return RELATIONS["incomparable"]
    return RELATIONS["learner_wider" if wider else "learner_narrower" if narrower else "equal"]


def renamed(value: object) -> object:
    """Comparisons by user named their relations otherwise."""
    if not isinstance(value, Mapping):
        return value
    if value.get("relation") in RELATIONS:
        return {**value, "relation": RELATIONS[value["relation"]].name}
    return {key: renamed(item) for key, item in value.items()}


def outcomes_of(extra: Mapping[str, Any]) -> Iterator[Outcome]:
    for row in extra.get("scenarios") or ():
        if not row["hidden"]:
            yield decided(row)
    for row in extra.get("packets") or extra.get("probes") or ():
        yield walked(row, extra.get("stages") or {})


def decided(row: Mapping[str, Any]) -> Outcome:
    return Outcome(
        name=row["name"],
        expected=WORDS[row["expected"]],
        yours=WORDS[row["actual"]],
        because=row["trace"]["decided_by"] or row["trace"]["reason"],
        passed=row["passed"],
        replay=replay_of(row),
    )


def walked(row: Mapping[str, Any], stages: Mapping[str, str]) -> Outcome:
    """A packet with its outcome, or where one predicted that it would end."""
    predicted = stages.get(row.get("predicted", ""), row.get("predicted", ""))
    return Outcome(
        name=row["name"],
        what=row["words"],
        expected=PASSES.get(row.get("expected", ""), ""),
        yours=PASSES.get(row.get("actual", ""), predicted),
        because=row.get("rule", ""),
        passed=row["passed"],
        replay=replay_of(row),
    )
