"""Where requests, deployments or sessions missed what is asked of a log."""

from __future__ import annotations

from labs.grading.health.exercise.health_exercise import Limit, Task
from labs.grading.health.exercise.measures import largest_share
from labs.grading.health.exercise.shown import Shown, clock, missed
from labs.grading.health.simulation.run import Run
from labs.grading.report import Finding
from labs.grading.said import say


def cut_missed(run: Run, task: Task, limit: Limit) -> Finding:
    parts = {"log": task.log.name, "number": len(run.cuts), "most": limit.most}
    # The one that would have needed the longest delay
    worst = max(run.cuts, key=lambda cut: cut.begun + cut.seconds - cut.second)
    words = say(
        "{log}, {clock}: {target} stops in the middle of {who}, {done} of {all} seconds done. "
        "Requests cut off: {number}, at most {most}.",
        clock=clock(worst.second),
        target=worst.target,
        who=worst.who,
        done=worst.second - worst.begun,
        all=worst.seconds,
        **parts,
    )
    cure = say(
        "Raise the deregistration delay, {delay} seconds, above the longest request.",
        delay=run.group.delay,
    )
    shown = Shown("health.cut", words, worst.second, cure, {"delay": run.group.delay})
    return missed(shown, task, limit)


def deploy_missed(run: Run, task: Task, limit: Limit) -> Finding:
    start = task.log.deployment.start if task.log.deployment else 0
    parts = {"log": task.log.name, "most": limit.most}
    words = say(
        "{log}, {clock}: the deployment is not done. It began at {start} and may take {most} "
        "seconds; an old target is draining for {delay}.",
        clock=clock(start + limit.most),
        start=clock(start),
        delay=run.group.delay,
        **parts,
    )
    cure = say(
        "Lower the deregistration delay to little more than the longest request, and let new "
        "targets in early."
    )
    facts = {"delay": run.group.delay}
    shown = Shown("health.slow-deployment", words, start + limit.most, cure, facts)
    return missed(shown, task, limit)


def lost_missed(run: Run, task: Task, limit: Limit) -> Finding:
    parts = {"log": task.log.name, "number": len(run.moves), "most": limit.most}
    first = run.moves[0]
    words = say(
        "{log}, {clock}: {who} comes to {now}, and the session is on {before}. Sessions lost: "
        "{number}, at most {most}.",
        clock=clock(first.second),
        who=first.who,
        now=first.now,
        before=first.before,
        **parts,
    )
    cure = say("Let the cookie last longer than the pause between two requests.")
    if not run.group.cookie:
        cure = say("Turn stickiness on, so that a visitor comes back to the same target.")
    shown = Shown("health.session-lost", words, first.second, cure, {"cookie": run.group.cookie})
    return missed(shown, task, limit)


def share_missed(run: Run, task: Task, limit: Limit) -> Finding:
    shares = run.shares(task.share_from)
    target = max(shares, key=lambda name: shares[name], default="–")
    percent = largest_share(run, task)
    parts = {
        "log": task.log.name,
        "target": target,
        "percent": percent,
        "most": limit.most,
        "clock": clock(task.share_from),
    }
    words = say(
        "{log}, from {clock} on: {target} gets {percent} % of all requests, at most {most} %.",
        **parts,
    )
    cure = say("Let the cookie end earlier, so that visitors who come back are spread again.")
    facts = {"cookie": run.group.cookie}
    shown = Shown("health.imbalance", words, task.share_from, cure, facts)
    return missed(shown, task, limit)
