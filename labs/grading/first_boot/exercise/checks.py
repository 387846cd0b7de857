"""What is asked of the machines that were launched: a question each, and who answers it how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from labs.grading.first_boot.exercise.causes import (
    Cause,
    of_trouble,
    satisfied,
    why_gone,
    why_missing,
    why_nobody,
    why_not,
    why_other,
)
from labs.grading.first_boot.exercise.user_data_exercise import (
    Launched,
    Page,
    UserDataExercise,
)
from labs.grading.first_boot.running.boot import Boot
from labs.grading.first_boot.system.web import NOBODY, Answer
from labs.grading.said import Said, say

NOBODY_THERE = say("nobody listens on port 80")


@dataclass(frozen=True, slots=True)
class Run:
    launched: Launched
    boot: Boot


@dataclass(frozen=True, slots=True)
class Check:
    """One question to all machines. `name` is the same in every attempt."""

    name: Said
    passed_code: str
    passed: Said
    expected: str
    points: int
    holds: Callable[[Run], bool]
    shown: Callable[[Run], str]
    cause: Callable[[Run], Cause]


def checks_of(spec: UserDataExercise, runs: Sequence[Run]) -> Iterator[Check]:
    for page in spec.pages:
        if page.now:
            yield there(page)
        if page.content:
            yield says(page, runs)
        if page.later:
            yield later(page)
    for package in spec.packages:
        yield installed(package)
    if spec.listens:
        yield listens(spec.listens)
    if spec.ends:
        yield ends(spec.ends)


def listens(points: int) -> Check:
    return Check(
        say("A web server on port 80"),
        "listens",
        say("A web server listens on port 80 after the first boot."),
        say("yes"),
        points,
        lambda run: bool(run.boot.server),
        lambda run: say("yes") if run.boot.server else say("no"),
        lambda run: why_nobody(run.boot) if run.boot.ran else why_unrun(run.boot),
    )


def ends(points: int) -> Check:
    def came(run: Run) -> bool:
        return run.boot.ran and run.boot.ended

    return Check(
        say("The script comes to its end"),
        "ends",
        say("cloud-init finishes: the script ran, and it came to its end."),
        say("yes"),
        points,
        came,
        lambda run: say("yes") if came(run) else say("no"),
        lambda run: why_nobody(run.boot) if run.boot.ran else why_unrun(run.boot),
    )


def why_unrun(found: Boot) -> Cause:
    return of_trouble(found.trace.troubles[0])


def installed(package: str) -> Check:
    def is_there(run: Run) -> bool:
        return package in run.boot.machine.installed

    return Check(
        say("The package {package}", package=package),
        "installed",
        say("The package {package} is installed.", package=package),
        say("installed"),
        1,
        is_there,
        lambda run: say("installed") if is_there(run) else say("not installed"),
        lambda run: why_missing(run.boot, package),
    )


def there(page: Page) -> Check:
    return Check(
        say("GET {path} after the first boot", path=page.path),
        "answers",
        say("GET {path} answers 200 on every machine.", path=page.path),
        "200",
        page.now,
        lambda run: run.boot.now[page.path].status == 200,
        lambda run: shown(run.boot.now[page.path]),
        lambda run: why_not(run.boot, page, run.boot.now[page.path]),
    )


def says(page: Page, runs: Sequence[Run]) -> Check:
    def cause(run: Run) -> Cause:
        answer = run.boot.now[page.path]
        if answer.status != 200:
            return why_not(run.boot, page, answer)
        others = {
            name: {one.launched.identity.facts[name] for one in runs if one is not run}
            for name in page.shows
        }
        return why_other(run.boot, page, answer, others)

    return Check(
        say("What {path} says", path=page.path),
        "says",
        say("GET {path} says on every machine what it should.", path=page.path),
        say("all that is asked for"),
        page.content,
        lambda run: satisfied(run.boot, page, run.boot.now[page.path]),
        lambda run: shown_page(run, page),
        cause,
    )


def later(page: Page) -> Check:
    return Check(
        say("GET {path} after a reboot", path=page.path),
        "comes-back",
        say("GET {path} answers 200 after a reboot, too.", path=page.path),
        "200",
        page.later,
        lambda run: run.boot.later[page.path].status == 200,
        lambda run: shown(run.boot.later[page.path]),
        lambda run: why_gone(run.boot, page),
    )


def shown(answer: Answer) -> str:
    return NOBODY_THERE if answer.status == NOBODY else str(answer.status)


def shown_page(run: Run, page: Page) -> str:
    answer = run.boot.now[page.path]
    if answer.status != 200:
        return say("no page")
    return say("all of it") if satisfied(run.boot, page, answer) else say("not all of it")
