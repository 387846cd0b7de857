"""A plan against the rules of its lab, and against the cheapest plan that keeps them.

Report.extra: `week` and `lines` as `labs.grading.costs.plan.shown` writes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from labs.grading.costs.plan.answers import HOSTS, RESERVED, RUNS, SAVINGS, PlanAnswer
from labs.grading.costs.plan.codes import CODES
from labs.grading.costs.plan.improving import (
    COMMIT_LESS,
    COMMIT_MORE,
    FEWER_HOSTS,
    TO_SPOT,
    Change,
    improvements,
)
from labs.grading.costs.plan.losses import loss, money
from labs.grading.costs.plan.optimum import cheapest
from labs.grading.costs.plan.plan_exercise import PlanExercise
from labs.grading.costs.plan.pricing import Bill, price, week_of, year
from labs.grading.costs.plan.shown import drawn, lines
from labs.grading.costs.plan.world import HOST, ON_DEMAND, Plan, World, broken_rules
from labs.grading.errors import Position
from labs.grading.names.exercise.answers import SHOWN
from labs.grading.report import Case, Finding, Outcome, Report
from labs.grading.said import filled, say

REFUSED = say("The plan names something that this lab does not have, so it was not priced.")
RULES: Mapping[str, tuple[str, str, str]] = {  # what is asked, what is broken, what to do
    "interrupted": (
        say("Nothing that must not be interrupted runs on Spot Instances"),
        say("“{name}” must not be interrupted, and runs on Spot Instances."),
        say("Run it On-Demand. Reservations and the Savings Plan still make that cheaper."),
    ),
    "licence": (
        say("What has a licence by socket runs on a Dedicated Host"),
        say("“{name}” has a licence by socket, and does not run on a Dedicated Host."),
        say("Run it on a Dedicated Host, and say how many hosts you take."),
    ),
    "host-full": (
        say("The Dedicated Hosts hold what runs on them"),
        say("Up to {most} instances run on hosts at a time. Your hosts hold {room}."),
        say("Take as many hosts as hold all of them at the busiest hour."),
    ),
    "term": (
        say("No term is longer than the task allows"),
        say("“{name}” binds for {years} years."),
        say("Take only offers whose term the task allows."),
    ),
    "budget": (
        say("All that is paid upfront is within the budget"),
        say("{upfront} are paid upfront, and there are {budget}."),
        say("Take more of the offers that are paid by the hour."),
    ),
}


def check_plan(answer: PlanAnswer, spec: PlanExercise) -> Report:
    world = spec.world
    refusals = list(strange_names(answer, world))
    if refusals:
        nothing = Finding(
            "plan.not-priced", False, all_points(spec), say("The plan was not priced.")
        )
        return Report((*refusals, nothing), refused=REFUSED)
    plan = plan_of(answer, world)
    broken = list(broken_rules(plan, world))
    bill = price(plan, world)
    rules = [
        broken_rule(name, plan, answer, spec) if name in broken else kept_rule(name, spec)
        for name in asked_rules(world)
    ]
    limits = unpriced(spec) if broken else limit_findings(plan, bill, answer, spec)
    return Report(
        (*rules, *limits),
        {"week": drawn(plan, bill, world), "lines": list(lines(plan, bill, world))},
        outcomes=(*rule_outcomes(broken, world), *cost_outcomes(bill, broken, spec)),
        outcomes_title=say("Rules and cost"),
    )


def all_points(spec: PlanExercise) -> int:
    rules = len(list(asked_rules(spec.world))) * spec.rule_points
    return rules + sum(points for _percent, points in spec.within)


def asked_rules(world: World) -> Iterator[str]:
    """Those that can be broken in this lab."""
    if any(not work.interruptible for work in world.workloads):
        yield "interrupted"
    if any(work.licensed for work in world.workloads):
        yield from ("licence", "host-full")
    if world.rules.years:
        yield "term"
    if world.rules.budget is not None:
        yield "budget"


def names_of(world: World) -> dict[str, list[str]]:
    """Which names an answer may use below which key."""
    offers = [offer.name for offer in world.offers]
    alone = [""] if len(offers) == 1 else []
    return {RESERVED: [*offers, *alone], RUNS: [work.name for work in world.workloads]}


def strange_names(answer: PlanAnswer, world: World) -> Iterator[Finding]:
    known = names_of(world)
    given = [(RESERVED, name) for name in answer.reserved] + [(RUNS, name) for name in answer.runs]
    for key, name in given:
        if name in known[key]:
            continue
        near = get_close_matches(name[:SHOWN], known[key], n=1)
        if not name:
            message = say("Say which offer you reserve: one line for each, below “{key}”.", key=key)
        elif near:
            message = say(
                "{key} has no “{name}”. Do you mean “{near}”?",
                key=key, name=name[:SHOWN], near=near[0],
            )  # fmt: skip
        else:
            message = say("{key} has no “{name}”.", key=key, name=name[:SHOWN])
        at = answer.places.get((key, name))
        yield Finding(
            "plan.no-such-name", False, 0, message, at=at, section=section_of("no-such-name")
        )


def plan_of(answer: PlanAnswer, world: World) -> Plan:
    """What is not said is none of it, and runs On-Demand."""
    alone = answer.reserved.get("", 0)
    return Plan(
        tuple(answer.reserved.get(offer.name, alone) for offer in world.offers),
        answer.commitment,
        tuple(answer.runs.get(work.name, ON_DEMAND) for work in world.workloads),
        answer.hosts,
    )


def section_of(name: str) -> str:
    return CODES[f"plan.{name}"].section


def kept_rule(name: str, spec: PlanExercise) -> Finding:
    return Finding("plan.kept", True, spec.rule_points, RULES[name][0], section=section_of("kept"))


def broken_rule(name: str, plan: Plan, answer: PlanAnswer, spec: PlanExercise) -> Finding:
    _asked, broken, cure = RULES[name]
    parts, at = culprit(name, plan, answer, spec.world)
    message = filled(broken, **parts)  # type: ignore[arg-type]
    return Finding(
        f"plan.{name}", False, spec.rule_points, message,
        at=at, cases=(Case(message),), counterexample={"rule": name}, section=section_of(name),
        why=CODES[f"plan.{name}"].explanation, cure=cure,
    )  # fmt: skip


def culprit(
    name: str, plan: Plan, answer: PlanAnswer, world: World
) -> tuple[dict[str, object], Position | None]:
    """What a rule is broken by, and where that stands."""
    if name in ("interrupted", "licence"):
        pairs = zip(world.workloads, plan.runs, strict=True)
        work = next(
            work
            for work, way in pairs
            if (way not in work.ways and (name == "interrupted") != work.licensed)
            or (work.licensed and way != HOST)
        )
        return {"name": work.name}, place(answer, RUNS, work.name)
    if name == "host-full":
        room = plan.hosts * world.holds
        return {"most": world.on_hosts(plan.runs), "room": room}, place(answer, HOSTS, "")
    if name == "term":
        years = world.rules.years or 0
        pairs_of_offers = zip(world.offers, plan.reserved, strict=True)
        offer = next(one for one, count in pairs_of_offers if count and one.years > years)
        return {"name": offer.name, "years": offer.years}, place(answer, RESERVED, offer.name)
    parts = {"upfront": money(plan.upfront(world)), "budget": money(world.rules.budget or 0)}
    return {**parts}, place(answer, RESERVED, "")


def place(answer: PlanAnswer, key: str, name: str) -> Position | None:
    return answer.places.get((key, name)) or answer.places.get((key, ""))


def unpriced(spec: PlanExercise) -> list[Finding]:
    words = say("A plan that breaks a rule is not compared with the cheapest one.")
    section = section_of("not-priced")
    return [
        Finding("plan.not-priced", False, points, words, section=section)
        for _percent, points in spec.within
    ]


def holds(answer: PlanAnswer, spec: PlanExercise) -> list[bool] | None:
    """Of each check of `check_plan` whether it holds."""
    if any(strange_names(answer, spec.world)):
        return None
    plan = plan_of(answer, spec.world)
    broken = list(broken_rules(plan, spec.world))
    percent = above(week_of(plan, spec.world), spec)
    rules = [name not in broken for name in asked_rules(spec.world)]
    return [*rules, *(not broken and percent <= limit for limit, _points in spec.within)]


def above(week: float, spec: PlanExercise) -> float:
    """Percent above the cheapest plan; less than nothing between two steps of a commitment."""
    return 100 * (week / cheapest(spec.world).week - 1)


def limit_findings(plan: Plan, bill: Bill, answer: PlanAnswer, spec: PlanExercise) -> list[Finding]:
    found, percent = [], above(bill.week, spec)
    change = None
    for limit, points in spec.within:
        words = say("The plan costs at most {limit} % more than the cheapest one", limit=limit)
        if percent <= limit:
            found.append(Finding("plan.cheap", True, points, words, section=section_of("cheap")))
            continue
        if change is None:
            change = improvements(plan, spec.world)[0]
            found.append(too_dear(change, plan, points, limit, answer, spec))
        else:
            found.append(replace_points(found[-1], points, limit))
    return found


def too_dear(
    change: Change, plan: Plan, points: int, limit: int, answer: PlanAnswer, spec: PlanExercise
) -> Finding:
    return Finding(
        f"plan.{change.code}",
        False,
        points,
        say("The plan costs more than {limit} % above the cheapest one.", limit=limit),
        at=place_of(change, answer, spec.world),
        cases=(Case(loss(plan, spec.world, change)),),
        counterexample={"change": change.code},
        section=section_of(change.code),
        why=CODES[f"plan.{change.code}"].explanation,
    )


def replace_points(finding: Finding, points: int, limit: int) -> Finding:
    """The same mistake, measured by a narrower limit."""
    message = say("The plan costs more than {limit} % above the cheapest one.", limit=limit)
    return Finding(
        finding.code, False, points, message, at=finding.at, section=finding.section,
        why=finding.why,
    )  # fmt: skip


def place_of(change: Change, answer: PlanAnswer, world: World) -> Position | None:
    if change.code in (COMMIT_LESS, COMMIT_MORE):
        return answer.places.get((SAVINGS, ""))
    if change.code == TO_SPOT:
        return answer.places.get((RUNS, world.workloads[change.where].name))
    if change.code == FEWER_HOSTS:
        return answer.places.get((HOSTS, ""))
    return place(answer, RESERVED, world.offers[change.where].name if change.where >= 0 else "")


def rule_outcomes(broken: list[str], world: World) -> Iterator[Outcome]:
    for name in asked_rules(world):
        passed = name not in broken
        yours = say("kept") if passed else say("broken")
        yield Outcome(name=RULES[name][0], yours=yours, passed=passed)


def cost_outcomes(bill: Bill, broken: list[str], spec: PlanExercise) -> Iterator[Outcome]:
    percent = above(bill.week, spec)
    compared = say(
        "{dollars}: {percent} %", dollars=money(year(bill.week)), percent=f"{percent:.1f}"
    )
    yield Outcome(
        name=say("Cost of a year"),
        what=say("above the cheapest plan that keeps the rules"),
        expected=say("at most {percent} %", percent=spec.limit),
        yours=say("not compared") if broken else compared,
        passed=not broken and percent <= spec.limit,
    )
