"""The life of a container, second by second: another way to the same answer."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.clusters.language.objects import Container, Probe
from labs.grading.clusters.running.world import Image

LONG = 3_000


@dataclass
class Asked:
    """A probe while time goes by."""

    probe: Probe
    begin: int
    right: bool  # port and path
    failures: int = 0
    successes: int = 0

    def asks(self, second: int) -> bool:
        since = second - self.begin - self.probe.delay
        return since >= 0 and since % self.probe.period == 0

    def ask(self, second: int, starts: int) -> None:
        if self.right and second >= starts:
            self.successes, self.failures = self.successes + 1, 0
        else:
            self.failures, self.successes = self.failures + 1, 0

    @property
    def given_up(self) -> bool:
        return self.failures >= self.probe.failures

    @property
    def satisfied(self) -> bool:
        return self.successes >= self.probe.successes


def is_right(probe: Probe, container: Container, image: Image) -> bool:
    if container.port_number(probe.port) != image.listens:
        return False
    answer = image.paths.get(probe.path or "")
    fine = answer is not None and 200 <= answer.status < 400 and answer.seconds <= probe.timeout
    return probe.path is None or fine


def lived(container: Container, image: Image) -> tuple[int | None, str]:
    """When it is ready, and what kills it before its program ever answers a probe."""
    probes = {"startup": container.startup, "liveness": container.liveness,
              "readiness": container.readiness}  # fmt: skip
    running: dict[str, Asked] = {}
    begun, ready = -1, None
    for second in range(LONG):
        if begun < 0:
            begun = second if step(probes, "startup", running, 0, second, container, image) else -1
            if "startup" in running and running["startup"].given_up:
                return None, "startup"
        if begun < 0:
            continue
        step(probes, "liveness", running, begun, second, container, image)
        if "liveness" in running and running["liveness"].given_up:
            return None, "liveness"
        is_ready = step(probes, "readiness", running, begun, second, container, image)
        if ready is None and is_ready:
            ready = second
    return ready, ""


def step(
    probes: dict[str, Probe | None],
    name: str,
    running: dict[str, Asked],
    begin: int,
    second: int,
    container: Container,
    image: Image,
) -> bool:
    probe = probes[name]
    if probe is None:
        return True
    if name not in running:
        running[name] = Asked(probe, begin, is_right(probe, container, image))
    if running[name].asks(second):
        running[name].ask(second, image.starts)
    return running[name].satisfied
