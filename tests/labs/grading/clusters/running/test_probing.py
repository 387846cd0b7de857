"""Kubernetes documentation: "Configure Liveness, Readiness and Startup Probes"."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from labs.grading.clusters.language.objects import Container, Port, Probe, Resources
from labs.grading.clusters.running.probing import dies_of_outage, life_of
from labs.grading.clusters.running.world import Answer, Image
from tests.labs.grading.clusters.manifests import IMAGE
from tests.labs.grading.clusters.running.second_by_second import lived

HEALTH = Probe("/health", 8080)


def container(**changes: Any) -> Container:
    nothing = Resources()
    given = {"readiness": None, "liveness": None, "startup": None, "limits": nothing, **changes}
    ports = (Port(8080, "http"), Port(9000))
    return Container("web", "shop:1", ports, nothing, path=(), **given)


def test_without_a_readiness_probe_it_gets_requests_at_once() -> None:
    life = life_of(container(), IMAGE)
    assert (life.ready, life.blind) == (0, 20)


def test_a_readiness_probe_waits_until_it_answers() -> None:
    assert life_of(container(readiness=HEALTH), IMAGE).ready == 20
    late = Probe("/health", "http", delay=5, period=7, successes=2)
    life = life_of(container(readiness=late), IMAGE)
    assert (life.ready, life.blind) == (33, 0)


@pytest.mark.parametrize(
    "probe",
    [Probe("/healthz", 8080), Probe("/health", 80), Probe("/health", "web"), Probe("/slow", 8080)],
)
def test_a_probe_that_asks_elsewhere_never_succeeds(probe: Probe) -> None:
    life = life_of(container(readiness=probe), IMAGE)
    assert (life.ready, life.killed) == (None, "")
    assert life_of(container(liveness=probe), IMAGE).killed == "liveness"


def test_a_slow_answer_needs_a_longer_timeout() -> None:
    assert life_of(container(readiness=Probe("/slow", 8080, timeout=3)), IMAGE).ready == 20


def test_liveness_without_patience_kills_a_slow_starter() -> None:
    slow = Image("shop:1", 8080, 60, paths={"/health": Answer(200)})
    life = life_of(container(liveness=HEALTH), slow)
    assert (life.killed, life.at) == ("liveness", 20)
    assert not life_of(container(liveness=Probe("/health", 8080, delay=60)), slow).killed


def test_a_startup_probe_gives_it_failures_times_period() -> None:
    # "the application will have a maximum of 5 minutes (30 * 10 = 300s) to finish its startup"
    startup = Probe("/health", 8080, failures=30)
    for starts, killed in ((290, ""), (291, "startup")):
        slow = Image("shop:1", 8080, starts, paths={"/health": Answer(200)})
        found = life_of(
            container(startup=startup, liveness=Probe("/health", 8080, failures=1)), slow
        )
        assert found.killed == killed


def test_too_little_memory_ends_it() -> None:
    assert life_of(container(limits=Resources(memory=199)), IMAGE).killed == "memory"
    assert not life_of(container(limits=Resources(memory=200)), IMAGE).killed


def test_what_depends_on_the_database_dies_with_it() -> None:
    assert dies_of_outage(container(liveness=Probe("/db", 8080)), IMAGE, 60)
    assert not dies_of_outage(container(liveness=Probe("/db", 8080, failures=7)), IMAGE, 60)
    assert not dies_of_outage(container(liveness=HEALTH), IMAGE, 60)
    assert not dies_of_outage(container(readiness=Probe("/db", 8080)), IMAGE, 60)


def some_probe(random: Random, successes: bool = False) -> Probe | None:
    if random.random() < 0.3:
        return None
    return Probe(
        random.choice(["/health", "/health", "/slow", "/nothing", None]),
        random.choice([8080, "http", 9000] if random.random() < 0.3 else [8080]),
        random.randrange(30),
        random.randrange(1, 15),
        random.randrange(1, 4),
        random.randrange(1, 3) if successes else 1,
        random.randrange(1, 8),
    )


def sample(random: Random) -> tuple[Container, Image]:
    image = Image("shop:1", 8080, random.randrange(60), paths=IMAGE.paths)
    made = container(
        readiness=some_probe(random, successes=True),
        liveness=some_probe(random),
        startup=some_probe(random),
    )
    return made, image


def test_the_answer_is_that_of_counting_every_second() -> None:
    random = Random(5)
    for _ in range(60):
        made, image = sample(random)
        life = life_of(made, image)
        assert (life.ready, life.killed) == lived(made, image), made
