"""Where the text says what was observed, and what to change."""

from __future__ import annotations

from collections.abc import Mapping

from labs.grading.errors import Position
from labs.grading.images.exercise.fields import Observed, is_pinned
from labs.grading.images.language.instruction import Dockerfile
from labs.grading.said import say

CACHED = say("Copy what changes seldom first, and what a step needs no more than that; the code "
             "comes last.")  # fmt: skip
CURES: Mapping[str, str] = {
    "pinned": say("Give each image behind FROM a tag with a version."),
    "root": say("Set another user with USER, in the last stage, before the container starts."),
    "user": say("Change USER."),
    "workdir": say("Change WORKDIR."),
    "size": say("Look at the table of layers: begin with a smaller image, or leave out of the last "
                "stage what only the build needs."),
    "sigterm": say("Let process 1 be the program: write the command as a list, or begin it with "
                   "exec."),
    "signal": say("Change STOPSIGNAL."),
    "runs-with": say("ENTRYPOINT as a list stays, and what stands behind the image takes the place "
                     "of CMD."),
    "starts-with": say("ENTRYPOINT as a list stays, and what stands behind the image takes the "
                       "place of CMD."),
    "health": say("Check with a program that is in the image, at the port where yours listens."),
    "secrets": say("A secret belongs into no COPY, ARG or ENV of what is shipped: mount it for the "
                   "one step, or leave it behind in another stage."),
    "has": say("Copy into the last stage what belongs there, and nothing else."),
    "tool": say("Leave the tools of the build behind in a stage of its own."),
    "exposes": say("Change EXPOSE."),
    "seconds": CACHED,
    "again": CACHED,
}  # fmt: skip
NAMES: Mapping[str, tuple[str, ...]] = {
    "pinned": ("FROM",),
    "root": ("USER",),
    "user": ("USER",),
    "workdir": ("WORKDIR",),
    "size": ("FROM",),
    "starts": ("CMD", "ENTRYPOINT"),
    "starts-with": ("ENTRYPOINT", "CMD"),
    "runs": ("CMD", "ENTRYPOINT"),
    "runs-with": ("ENTRYPOINT", "CMD"),
    "sigterm": ("ENTRYPOINT", "CMD"),
    "signal": ("STOPSIGNAL",),
    "health": ("HEALTHCHECK",),
    "tool": ("FROM",),
    "exposes": ("EXPOSE",),
}


def cure_of(field: str) -> str:
    return CURES.get(field.partition(":")[0], "")


def place_of(field: str, file: Dockerfile, seen: Observed) -> Position | None:
    """The last line that says it; None where none does."""
    first, _colon, name = field.partition(":")
    if first in ("secrets", "pinned", "seconds", "again"):
        return next(iter(observed_places(first, name.partition(":")[0], seen)), None)
    for wanted in NAMES.get(first, ()):
        lines = [one.at for one in file.instructions if one.name == wanted]
        if lines:
            return lines[-1]
    return None


def observed_places(first: str, edit: str, seen: Observed) -> list[Position]:
    if first == "secrets":
        return [leak.at for leak in seen.image.stage.leaks]
    if first == "pinned":
        return [one.at for origin, one in seen.image.origins if not is_pinned(origin)]
    return [layer.at for layer in seen.anew[edit]]
