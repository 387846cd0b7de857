"""One pod from its start on: is it ever ready, is it killed again and again?

Source: Kubernetes documentation, "Liveness, Readiness, and Startup Probes" and "Configure Liveness,
Readiness and Startup Probes": each asks every periodSeconds from initialDelaySeconds on; a status
of 200 to 399 in time is a success; after failureThreshold failures in a row liveness and startup
kill the container, which is started anew; the others wait until startup has succeeded. Without a
readiness probe a container is ready as soon as it runs. Memory above the limit ends it, too.
"""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.clusters.language.objects import Container, Probe
from labs.grading.clusters.running.world import Image

NEVER = None
MEMORY, STARTUP, LIVENESS = "memory", "startup", "liveness"


@dataclass(frozen=True, slots=True)
class Life:
    """`ready`: after how many seconds, None: never. `killed`: by what, "" if it lives on; `at`:
    after how many seconds. `blind`: seconds in which it counts as ready and answers nobody."""

    ready: int | None
    killed: str = ""
    at: int = 0
    blind: int = 0


def life_of(container: Container, image: Image) -> Life:
    limit = container.limits.memory
    if limit is not None and limit < image.memory:
        return Life(None, MEMORY, image.starts)
    begin = 0
    for killer, probe in ((STARTUP, container.startup), (LIVENESS, container.liveness)):
        if probe is None:
            continue
        first, end = first_success(probe, container, image, begin), given_up(probe, begin)
        if first is None or first > end:
            return Life(None, killer, end)
        begin = first if killer == STARTUP else begin
    ready = ready_at(container, image, begin)
    return Life(ready, blind=0 if ready is None else max(0, image.starts - ready))


def ready_at(container: Container, image: Image, begin: int) -> int | None:
    probe = container.readiness
    if probe is None:
        return begin
    first = first_success(probe, container, image, begin)
    return None if first is None else first + (probe.successes - 1) * probe.period


def first_success(probe: Probe, container: Container, image: Image, begin: int) -> int | None:
    """The second in which the probe first succeeds; None: in none."""
    if container.port_number(probe.port) != image.listens or not answers(probe, image):
        return NEVER
    first = begin + probe.delay
    if first >= image.starts:
        return first
    periods = -(-(image.starts - first) // probe.period)
    return first + periods * probe.period


def given_up(probe: Probe, begin: int) -> int:
    """The second of the last failure that is forgiven no more."""
    return begin + probe.delay + (probe.failures - 1) * probe.period


def answers(probe: Probe, image: Image) -> bool:
    """Once the program runs."""
    if probe.path is None:
        return True
    found = image.paths.get(probe.path.partition("?")[0] or "/")
    return found is not None and 200 <= found.status < 400 and found.seconds <= probe.timeout


def dies_of_outage(container: Container, image: Image, seconds: int) -> bool:
    """Is it killed because something else is away for so long? Restarting it mends nothing."""
    probe = container.liveness
    if probe is None or probe.path is None:
        return False
    found = image.paths.get(probe.path.partition("?")[0] or "/")
    return found is not None and found.depends and probe.failures * probe.period <= seconds
