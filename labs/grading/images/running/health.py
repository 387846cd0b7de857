"""Whether a HEALTHCHECK finds the program well.

Source: Dockerfile reference, HEALTHCHECK: the command runs inside the container, and 0 is healthy;
so what it calls has to be in the image. EXPOSE "functions as a type of documentation": it opens
nothing.
"""

from __future__ import annotations

import re

from labs.grading.images.building.stage import Stage, Started
from labs.grading.images.building.world import World
from labs.grading.images.running.process import is_there

PORT = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?::(\d{1,5}))?")
HEALTHY, UNHEALTHY, NONE = "healthy", "unhealthy", ""


def health_of(stage: Stage, world: World) -> str:
    """NONE where there is no check."""
    if stage.health is None:
        return NONE
    found = PORT.search(text_of(stage.health))
    port = int(found[1] or 80) if found else 0
    return HEALTHY if port == world.program.port and can_run(stage, stage.health) else UNHEALTHY


def text_of(health: Started) -> str:
    return health.words[-1] if health.form == "shell" else " ".join(health.words)


def can_run(stage: Stage, health: Started) -> bool:
    """Are shell and program in the image?"""
    programs = [(text_of(health).split() or [""])[0]]
    if health.form == "shell":
        programs.append(health.words[0])
    return all(
        one.rpartition("/")[2] in stage.tools or is_there(stage, one, stage.workdir)
        for one in programs
    )
