from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import redis

from tests.prepared import copy_data
from tests.servers import Broker

pytestmark = pytest.mark.slow

WORKER = [
    "celery",
    "--quiet",
    "--app",
    "portal",
    "worker",
]
QUIETLY = ["--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
PATIENCE = 60


@dataclass
class World:
    """A broker, a worker and lea's learner, all as processes with one database."""

    folder: Path
    broker: Broker
    learner: subprocess.Popen[str] | None = None
    worker: subprocess.Popen[bytes] | None = None
    children: int = 1
    queues: str = "interactive"
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def hold(self) -> Path:
        """While this file is there, a slow check does not end."""
        return self.folder / "hold"

    @property
    def environment(self) -> dict[str, str]:
        settings = {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "DATA_DIR": str(self.folder),
            "REDIS_URL": self.broker.url,
            "SLOW_WHILE": str(self.hold),
        }
        return os.environ | settings | self.settings

    def open_desk(self) -> None:
        command = [sys.executable, "-m", "tests.faults.learner"]
        pipe = subprocess.PIPE
        self.learner = subprocess.Popen(
            command, env=self.environment, stdin=pipe, stdout=pipe, text=True
        )
        assert self.answer() == "ready"

    def answer(self) -> str:
        assert self.learner is not None
        assert self.learner.stdout is not None
        return self.learner.stdout.readline().strip()

    def say(self, words: str) -> str:
        assert self.learner is not None
        assert self.learner.stdin is not None
        self.learner.stdin.write(words + "\n")
        self.learner.stdin.flush()
        return self.answer()

    def start_worker(self) -> None:
        concurrency = ["--concurrency", str(self.children), "--queues", self.queues]
        command = [sys.executable, "-m", *WORKER, *concurrency, *QUIETLY]
        with (self.folder / "worker.log").open("ab") as log:
            self.worker = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def kill_worker(self) -> None:
        """SIGKILL for the worker, its pool and the check."""
        assert self.worker is not None
        os.killpg(self.worker.pid, signal.SIGKILL)
        self.worker.wait()

    def kill_pool(self) -> None:
        """SIGKILL for the busy pool process alone."""
        assert self.worker is not None
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.worker.pid)], capture_output=True, text=True
        )
        for pid in children.stdout.split():
            os.kill(int(pid), signal.SIGKILL)

    def until(self, number: str, state: str | tuple[str, ...]) -> str:
        """What the learner sees once the answer is in this state.
        A worker that left is started again, as `run` does."""
        deadline = time.monotonic() + PATIENCE
        seen = ""
        while time.monotonic() < deadline:
            seen = self.say(f"look {number}")
            if seen.startswith(state):
                return seen
            if self.worker is not None and self.worker.poll() is not None:
                self.start_worker()
            time.sleep(0.1)
        pytest.fail(
            f"still {seen!r}, not {state}:\n{(self.folder / 'worker.log').read_text()[-4000:]}"
        )

    def close(self) -> None:
        if self.learner is not None:
            self.learner.communicate()
        if self.worker is not None and self.worker.poll() is None:
            self.kill_worker()
        self.broker.stop()


@pytest.fixture
def world() -> Iterator[World]:
    with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as folder:
        copy_data("migrated", Path(folder))
        world = World(Path(folder), Broker(Path(folder) / "b.sock"))
        world.broker.start()
        try:
            world.open_desk()
            yield world
        finally:
            world.close()


def stays(world: World, number: str, expected: str) -> None:
    """Two leases later nothing more has been written."""
    time.sleep(4)
    assert world.say(f"look {number}") == expected


def test_a_worker_killed_while_it_checks_leaves_one_verdict_in_the_end(world: World) -> None:
    world.hold.touch()
    world.start_worker()
    number = world.say("submit slow allow")
    world.until(number, "checking 1")
    world.kill_worker()
    assert world.say(f"look {number}") == "checking 1 0 False"
    world.hold.unlink()
    world.start_worker()
    assert world.until(number, "graded") == "graded 2 1 True"
    stays(world, number, "graded 2 1 True")


def test_a_pool_process_killed_while_it_checks_leaves_one_verdict_in_the_end(world: World) -> None:
    world.hold.touch()
    world.start_worker()
    number = world.say("submit slow allow")
    world.until(number, "checking 1")
    world.kill_pool()
    world.hold.unlink()
    assert world.until(number, "graded") == "graded 2 1 True"
    stays(world, number, "graded 2 1 True")


def test_a_verdict_arrives_after_the_broker_was_away(world: World) -> None:
    world.start_worker()
    world.until(world.say("submit words allow"), "graded 1 1 True")
    world.broker.stop()
    number = world.say("submit words allow")
    assert world.say(f"look {number}") == "queued 0 0 False"
    world.broker.start()
    assert world.until(number, "graded") == "graded 1 1 True"


def test_a_broker_that_lost_everything_loses_no_answer(world: World) -> None:
    numbers = [world.say(f"submit words allow {count}") for count in range(5)]
    with redis.Redis.from_url(world.broker.url) as client:
        client.flushall()
    world.start_worker()
    assert [world.until(number, "graded") for number in numbers] == ["graded 1 1 True"] * 5


def test_a_broker_without_room_takes_no_message_and_no_answer_is_lost(world: World) -> None:
    world.start_worker()
    assert world.until(world.say("submit words allow"), "graded") == "graded 1 1 True"
    with redis.Redis.from_url(world.broker.url) as client:
        client.config_set("maxmemory", "1mb")
        with pytest.raises(redis.exceptions.OutOfMemoryError):
            client.set("more", "x")
        numbers = [world.say(f"submit words allow {count}") for count in range(3)]
        time.sleep(2)  # the sweeper tries and fails meanwhile
        assert [world.say(f"look {number}") for number in numbers] == ["queued 0 0 False"] * 3
        client.config_set("maxmemory", "0")
    assert [world.until(number, "graded") for number in numbers] == ["graded 1 1 True"] * 3


def test_an_answer_that_kills_its_check_each_time_is_faulted_and_the_next_one_is_graded(
    world: World,
) -> None:
    world.start_worker()
    poison, fine = world.say("submit words crash"), world.say("submit words allow")
    assert world.until(fine, "graded") == "graded 1 1 True"
    assert world.until(poison, "faulted") == "faulted 3 0 False"


def test_an_honest_answer_is_not_behind_twelve_that_burn_all_their_time(world: World) -> None:
    world.children = 2
    world.settings = {"FIRST_CHECK_SECONDS": "1", "CHECK_SECONDS": "2", "CHECK_TRIES": "2"}
    world.hold.touch()
    poison = [world.say(f"let {who} slow allow") for who in ("ann", "ben", "cem") for _ in range(4)]
    honest = world.say("submit words allow")
    world.start_worker()
    assert world.until(honest, "graded") == "graded 1 1 True"
    _tries, served = world.say(f"claimed {honest}").split()
    begun = [world.say(f"claimed {number}").split() for number in poison]
    # Whoever burns time has one turn before hers, and nothing is tried again before it.
    assert len([when for tries, when in begun if tries == "1" and when < served]) <= 3
    assert [when for tries, when in begun if int(tries) > 1 and when < served] == []
    assert [world.until(poison[0], "faulted")] == ["faulted 2 0 False"]
    later = world.say("let dan words allow")
    assert world.until(later, "graded") == "graded 1 1 True"
    world.hold.unlink()
    states = {world.until(number, ("graded", "faulted")).split()[0] for number in poison}
    assert "faulted" in states
