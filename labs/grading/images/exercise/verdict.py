"""A Dockerfile against its exercise.

Report.extra: `layers`, one for each of the last stage's image: text, line, size (kB), stage, and
`anew`: of each edit whether it is built anew; `edits`: their names; `base` and `total` in kB, and
`command`: what a container runs.
"""

from __future__ import annotations

from typing import Any

from labs.grading.images.building.build import Image, build
from labs.grading.images.building.stage import Leak
from labs.grading.images.building.stopped import Stopped
from labs.grading.images.exercise.advice import advice_on
from labs.grading.images.exercise.codes import CODES, code_of_field
from labs.grading.images.exercise.fields import Observed, value_of
from labs.grading.images.exercise.image_exercise import ImageExercise
from labs.grading.images.exercise.places import cure_of, place_of
from labs.grading.images.language.instruction import Dockerfile
from labs.grading.images.running.process import started
from labs.grading.machines.asked import kept, missed, missed_words, outcome, refusal
from labs.grading.machines.asks import Ask
from labs.grading.report import Finding, Report
from labs.grading.said import filled, joined, say

REFUSED = say("docker build would end with an error, so there is no image.")
TITLE = say("What was asked for")
MOST_TEXT = 90
WHERE = {
    "layer": say("{what} is in a layer (line {line}), even if a later line deletes it."),
    "history": say("docker history shows {what} (line {line})."),
    "environment": say("docker inspect shows {what} (line {line})."),
}


def check_dockerfile(file: Dockerfile, spec: ImageExercise) -> Report:
    advised = advice_on(file, spec.world.program.port) if spec.advice else []
    try:
        seen = observe(file, spec)
    except Stopped as why:
        return Report((*stopped(why, spec), *advised), refused=REFUSED)
    return Report(
        (*(finding_of(ask, file, seen) for ask in spec.asks), *advised),
        drawn(seen),
        outcomes=tuple(
            outcome(ask, value_of(ask.field, seen)) for ask in spec.asks if not ask.hidden
        ),
        outcomes_title=TITLE,
    )


def stopped(why: Stopped, spec: ImageExercise) -> tuple[Finding, Finding]:
    words: str = why.cure
    if why.says:
        words = say("{cure} Docker: “{says}”", cure=why.cure, says=why.says)
    message = say("There is no image, so nothing else was looked at.")
    return (
        refusal(why.code, words, CODES[why.code], why.at or (1, 1)),
        Finding("docker.nothing", False, spec.points, message),
    )


def observe(file: Dockerfile, spec: ImageExercise) -> Observed:
    """Built once, and once more after each edit."""
    image = build(file, spec.world)
    known = {one.key for one in image.layers}
    anew = {}
    for name, files in spec.world.edits.items():
        after: Image = build(file, spec.world, frozenset(files))
        anew[name] = tuple(one for one in after.layers if one.key not in known)
    return Observed(image, spec.world, started(image.stage, spec.world), anew)


def finding_of(ask: Ask, file: Dockerfile, seen: Observed) -> Finding:
    value, code = value_of(ask.field, seen), code_of_field(ask.field, ask.wanted)
    if ask.holds(value):
        return kept(ask, value, code, CODES[code])
    words, cure = missed_words(ask, value), cure_of(ask.field)
    more = reason(ask, seen)
    if more:
        words = joined([words, more])
    at = place_of(ask.field, file, seen)
    return missed(ask, value, code, CODES[code], words=words, at=at, cure=cure)


def reason(ask: Ask, seen: Observed) -> str:
    """The concrete case."""
    first, _colon, name = ask.field.partition(":")
    if first == "starts":
        return seen.process.why
    if first == "starts-with":
        words = tuple(name.split())
        found = started(seen.image.stage, seen.world, words)
        return found.why or say("It runs: {words}", words=" ".join(found.words)[:120])
    if first == "secrets" and seen.image.stage.leaks:
        return leak_words(seen.image.stage.leaks[0])
    if first in ("seconds", "again") and "yes" not in ask.wanted:
        return anew_words(seen, name.partition(":")[0])
    return ""


def leak_words(leak: Leak) -> str:
    return filled(WHERE[leak.where], what=leak.what, line=leak.at[0])


def anew_words(seen: Observed, edit: str) -> str:
    anew = seen.anew[edit]
    if not anew:
        return ""
    files = ", ".join(seen.world.edits[edit])
    return say("After a change of {files} all is built anew from line {line} on: {text}",
               files=files, line=anew[0].at[0], text=anew[0].text[:MOST_TEXT])  # fmt: skip


def drawn(seen: Observed) -> dict[str, Any]:
    stage, edits = seen.image.stage, list(seen.world.edits)
    anew = {name: {one.at for one in seen.anew[name]} for name in edits}
    rows = [
        {
            "text": one.text[:MOST_TEXT],
            "line": one.at[0],
            "stage": one.stage,
            "size": one.size,
            "shipped": one in stage.layers,
            "anew": [one.at in anew[name] for name in edits],
        }
        for one in seen.image.layers
    ]
    return {
        "layers": rows,
        "edits": edits,
        "base": stage.base.name,
        "base_size": stage.base.size,
        "total": stage.size,
        "command": " ".join(seen.process.words)[:200],
        "user": stage.user,
    }
