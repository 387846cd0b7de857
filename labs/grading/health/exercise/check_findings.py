"""Where health checks missed what is asked of a log: users who met the dead, targets that were out
for nothing, or too long."""

from __future__ import annotations

from collections import Counter

from labs.grading.health.exercise.health_exercise import Limit, Task
from labs.grading.health.exercise.shown import Shown, clock, missed
from labs.grading.health.simulation.absences import Absence, absences
from labs.grading.health.simulation.run import Hit, Reason, Run
from labs.grading.report import Finding
from labs.grading.said import Said, say

CAUSES = ("health.slow-out", "health.blind", "health.fail-open")  # the first of equals counts


def dead_missed(run: Run, task: Task, limit: Limit) -> Finding:
    dead = run.dead()
    parts = {"log": task.log.name, "number": len(dead), "most": limit.most}
    causes = [cause_of(run, hit) for hit in dead]
    counted = Counter(causes)
    code = max(CAUSES, key=lambda cause: counted[cause])
    # The last of the first failure: so long it took
    hit = last_of_the_first(
        run, [hit for hit, one in zip(dead, causes, strict=True) if one == code]
    )
    return missed(dead_shown(run, hit, code, parts), task, limit)


def cause_of(run: Run, hit: Hit) -> str:
    if hit.open or not hit.target:
        return "health.fail-open"
    start, end = dead_time(run, hit)
    checks = [one for one in run.of(hit.target).checks if start <= one.sent < end]
    seen = any(not check.passed for check in checks)
    return "health.slow-out" if seen or not checks else "health.blind"


def dead_time(run: Run, hit: Hit) -> tuple[int, int]:
    """From when until when the target that a user met was unable to answer."""
    stretches = run.of(hit.target).served(run.log.page, run.log.seconds)
    start, end = next(
        (start, end) for start, end, _served in stretches if start <= hit.second < end
    )
    return start, end


def last_of_the_first(run: Run, hits: list[Hit]) -> Hit:
    first = hits[0]
    if not first.target:
        return first
    start, end = dead_time(run, first)
    return [one for one in hits if one.target == first.target and start <= one.second < end][-1]


SLOW = say(
    "{log}, {clock}: {who} meets {target}, which is dead since {since} and still in service. "
    "Requests that met a dead target: {number}, at most {most}."
)
BLIND = say(
    "{log}, {clock}: {who} meets {target}, which is dead since {since}, and {path} still passes "
    "the check. Requests that met a dead target: {number}, at most {most}."
)
OPEN = say(
    "{log}, {clock}: no target is healthy, so requests go to all, and {who} meets {target}, which "
    "is dead since {since}. Requests that met a dead target: {number}, at most {most}."
)


def dead_shown(run: Run, hit: Hit, code: str, parts: dict[str, object]) -> Shown:
    group = run.group
    if not hit.target:
        words = say(
            "{log}, {clock}: {who} gets a 503, for no target is registered.",
            clock=clock(hit.second),
            who=hit.who,
            **parts,
        )
        return Shown(code, words, hit.second, say("Keep a target registered at any time."))
    words, cure = {
        "health.slow-out": (
            SLOW,
            say(
                "Notice earlier: {threshold} failures, one every {interval} seconds, are needed.",
                threshold=group.unhealthy,
                interval=group.interval,
            ),
        ),
        "health.blind": (
            BLIND,
            say("Check a path that fails when users get nothing, and take only its good answer."),
        ),
        "health.fail-open": (
            OPEN,
            say("Let the check pass at targets that answer: look at the path and the matcher."),
        ),
    }[code]
    message = Said(
        words.template,
        {
            **parts,
            "clock": clock(hit.second),
            "who": hit.who,
            "target": hit.target,
            "since": clock(dead_time(run, hit)[0]),
            "path": group.path[:60],
        },
    )
    facts = {"failures": group.unhealthy, "interval": group.interval}
    return Shown(code, message, hit.second, cure, facts if code == "health.slow-out" else {})


# --- Out of service -------------------------------------------------------------------------------


def needless_missed(run: Run, task: Task, limit: Limit) -> Finding:
    found = [one for one in absences(run) if one.needless]
    seconds = sum(one.seconds for one in found)
    parts = {"log": task.log.name, "number": seconds, "most": limit.most}
    first = found[0]
    words = say(
        "{log}, {clock}: {target} answers users and is out of service ({reason}). Seconds out of "
        "service for nothing: {number}, at most {most}.",
        clock=clock(first.start),
        target=first.target,
        reason=first.reason,
        **parts,
    )
    cure = NEEDLESS_CURES.get(first.reason, NEEDLESS_CURES[Reason.FAILED])
    return missed(Shown("health.needless", words, first.start, cure), task, limit)


NEEDLESS_CURES = {
    Reason.MISMATCH: say(
        "Take the code that a healthy target answers, and check a path that fails only when users "
        "are not answered."
    ),
    Reason.TIMEOUT: say("Wait longer for the answer, or for more failures in a row."),
    Reason.FAILED: say("Wait for more failures in a row."),
}


def into_missed(run: Run, task: Task, limit: Limit) -> Finding:
    found = [one for one in absences(run) if not one.needless]
    longest = max(found, key=seconds_of)
    parts = {"log": task.log.name, "most": limit.most}
    return missed(late_shown(run, longest, parts), task, limit)


def seconds_of(absence: Absence) -> int:
    return absence.seconds


IN_LATE = say(
    "{log}, {clock}: {target} can answer users, and is in service {number} seconds later, at most "
    "{most}."
)
NEVER_IN = say(
    "{log}, {clock}: {target} can answer users, and never comes into service ({reason})."
)


def late_shown(run: Run, longest: Absence, parts: dict[str, object]) -> Shown:
    words = IN_LATE if longest.back else NEVER_IN
    message = Said(
        words.template,
        {
            **parts,
            "clock": clock(longest.start),
            "target": longest.target,
            "number": longest.seconds,
            "reason": longest.reason,
        },
    )
    group = run.group
    cure = say(
        "Let it in earlier: {threshold} passes, one every {interval} seconds, are needed.",
        threshold=group.healthy,
        interval=group.interval,
    )
    if not longest.back:
        cure = say("Let the check pass at targets that answer: look at the path and the matcher.")
    facts = {"passes": group.healthy, "interval": group.interval}
    return Shown("health.slow-in", message, longest.start, cure, facts if longest.back else {})
