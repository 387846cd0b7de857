"""Whether a HEALTHCHECK finds the program well.

Source: Dockerfile reference, HEALTHCHECK: the command runs inside the container, and 0 is healthy;
so what it calls has to be in the image. EXPOSE "functions as a type of documentation": it opens
nothing.
"""

from __future__ import annotations

import re

from labs.grading.images.building.stage import Stage
from labs.grading.images.building.world import World
from labs.grading.images.running.process import is_there

PORT = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?::(\d{1,5}))?")
HEALTHY, UNHEALTHY, NONE = "healthy", "unhealthy", ""


def health_of(stage: Stage, world: World) -> str:
    """NONE where there is no check."""
    if stage.health is None:
        return NONE
    words = stage.health.words
    text = words[-1] if stage.health.form == "shell" else " ".join(words)
    tools = text.split() or [""]
    program = tools[0].rpartition("/")[2]
    if stage.health.form == "shell" and words[0].rpartition("/")[2] not in stage.tools:
        return UNHEALTHY
    if program not in stage.tools and not is_there(stage, tools[0], stage.workdir):
        return UNHEALTHY
    found = PORT.search(text)
    port = int(found[1] or 80) if found else 0
    return HEALTHY if port == world.program.port else UNHEALTHY
