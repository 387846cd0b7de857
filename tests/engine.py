"""Starts and stops what tests/docker_by_hand.py is asked to: a project folder is a machine with a
database, a broker and a backup folder of its own."""

from __future__ import annotations

import contextlib
import shlex
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Listener
from pathlib import Path
from typing import Any

import redis

from tests.compose import COMPOSE, OURS, SERVICES, compose
from tests.databases import own_database
from tests.deployment import SERVERS, Deployment, wait_for
from tests.running import free_port
from tests.servers import Broker

STARTED = ["web", "web2", "events", "worker", "bulk", "backup"]
# Once everything has been up, the others are taken at their word: tests/test_deployment.py starts
# and renews every one.
ALWAYS_STARTED = {"web", "worker"}
FLAGS = {  # of those that compose has, what OPERATING.md uses
    "build": set[str](),
    "up": {"--detach", "--wait", "--no-deps", "--no-build", "--scale"},
    "run": {"--rm", "-T", "--env"},
    "exec": {"-T"},
    "stop": set[str](),
    "down": set[str](),
    "ps": set[str](),
    "logs": {"--tail", "--since"},
}
WITH_VALUE = {"--scale", "--env", "--tail", "--since"}


class Refused(Exception):
    """As compose would."""


@dataclass
class Machine:
    folder: Path  # of the project
    home: Path
    database: str
    broker: Broker
    deployment: Deployment
    had_setup: bool = False
    was_up: bool = False

    def environment(self) -> dict[str, str]:
        """What .env says, with this machine's database and broker in the place of compose's."""
        lines = (self.folder / ".env").read_text().splitlines()
        rows = [line.partition("=") for line in lines if "=" in line and line[0] != "#"]
        given = {name: value.strip("'") for name, _equals, value in rows}
        found: dict[str, str] = compose(**given)["services"]["web"]["environment"]
        return found | self.deployment.environment

    def command(self, *words: str, **more: str) -> dict[str, Any]:
        environment = self.environment() | more
        return {"command": words, "environment": environment, "folder": str(self.folder)}


@dataclass
class Engine:
    home: Path
    overrides: dict[str, str]
    stack: contextlib.ExitStack
    machines: dict[str, Machine] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    proxy_port: int = 0

    def machine(self, folder: str) -> Machine:
        if folder not in self.machines:
            self.machines[folder] = self.new_machine(Path(folder))
        return self.machines[folder]

    def new_machine(self, folder: Path) -> Machine:
        home = self.home / f"machine-{len(self.machines)}"
        for name in ("backups", "redis", "data"):
            (home / name).mkdir(parents=True)
        database = self.stack.enter_context(own_database())
        broker = Broker(home / "redis" / "b.sock", free_port())
        own = self.overrides | {
            "HOME": str(home),
            "TMPDIR": str(home),
            "DATA_DIR": str(home / "data"),
            "BACKUP_DIR": str(home / "backups"),
            "HEARTBEAT_FILE": str(home / "worker-lives"),
            "DATABASE_URL": database,
            "REDIS_URL": broker.url,
        }
        deployment = Deployment(own, root=folder)
        deployment.ports["proxy"] = self.proxy_port
        made = Machine(folder, home, database, broker, deployment)
        self.stack.callback(lambda: self.down(made))
        return made

    # --- What is asked ----------------------------------------------------------------------------

    def answer(self, words: list[str], folder: str) -> dict[str, Any]:
        self.asked.append(shlex.join(words))
        try:
            if words[:2] == ["volume", "rm"]:
                return self.forget(self.machine(folder), words[2:])
            if words[0] != "compose" or words[1] not in FLAGS:
                raise Refused(f"unknown command: {words}")
            flags, rest = split(words[1], words[2:])
            machine = self.machine(folder)
            machine.environment()  # compose reads .env each time
            done = getattr(self, words[1])(machine, flags, rest)
        except (Refused, KeyError, AssertionError, OSError) as error:
            return {"words": f"{type(error).__name__}: {error}", "code": 1}
        return done or {"words": "", "code": 0}

    def build(self, machine: Machine, flags: dict[str, str], services: list[str]) -> None:
        """The one step of the Dockerfile that a process needs."""
        words = machine.command("python", "manage.py", "collectstatic", "--no-input", "-v0")
        run_whole(words)

    def up(self, machine: Machine, flags: dict[str, str], services: list[str]) -> None:
        known(services)
        scaled = flags.get("--scale", "")
        known([scaled.partition("=")[0]] if scaled else [])
        if not machine.broker.process:
            machine.broker.start()
        everything = not services
        wanted = [name for name in STARTED if everything or name in services]
        if any(one.was_up for one in self.machines.values()):
            wanted = [name for name in wanted if name in ALWAYS_STARTED]
        if everything and "backup" not in wanted and not any((machine.home / "backups").iterdir()):
            wanted.append("backup")
        if "--no-deps" not in flags and set(wanted) & OURS and not machine.had_setup:
            run_whole(self.run(machine, {}, ["setup"]))
        again = [name for name in wanted if name in machine.deployment.processes and services]
        kept = machine.deployment.environment
        machine.deployment.environment = machine.environment()
        machine.deployment.stop(*again)
        for name in wanted:
            if name not in machine.deployment.processes:
                machine.deployment.start(name)
        if everything and "proxy" not in machine.deployment.processes:
            machine.deployment.start_proxy()
        machine.deployment.environment = kept
        machine.was_up |= everything
        if "--wait" in flags:
            self.wait(machine, wanted, proxy=everything)

    def wait(self, machine: Machine, services: list[str], *, proxy: bool) -> None:
        for name in SERVERS & set(services):
            wait_for(f"{machine.deployment.address(name)}/readyz", 60)
        if {"worker", "bulk"} & set(services):
            wait_until(lambda: (machine.home / "worker-lives").exists())
        if "backup" in services:
            wait_until(lambda: any((machine.home / "backups").glob("portal-*.tar.gz")))
        if proxy:
            wait_for(f"{machine.deployment.address('proxy')}/healthz", 30)

    def run(self, machine: Machine, flags: dict[str, str], words: list[str]) -> dict[str, Any]:
        known(words[:1])
        name, *rest = words
        service = SERVICES[name]
        machine.had_setup |= name == "setup"
        command = [*service.get("entrypoint", []), *(rest or service["command"])]
        given = flags.get("--env", "").partition("=")
        return machine.command(*command, **({given[0]: given[2]} if given[0] else {}))

    def exec(self, machine: Machine, flags: dict[str, str], words: list[str]) -> Any:
        known(words[:1])
        name, *rest = words
        if name == "redis" and rest == ["redis-cli", "flushall"]:
            redis.Redis.from_url(machine.broker.url).flushall()
            return None
        if name == "database" and rest[:3] == ["psql", "--username=portal", "portal"]:
            return machine.command("psql", machine.database, *rest[3:])
        if name not in machine.deployment.processes:
            raise Refused(f"service {name} is not running")
        return machine.command(*rest)

    def stop(self, machine: Machine, flags: dict[str, str], services: list[str]) -> None:
        known(services)
        machine.deployment.stop(*(name for name in services if self.runs(machine, name)))
        if "redis" in services:
            machine.broker.stop()

    def runs(self, machine: Machine, name: str) -> bool:
        return name in machine.deployment.processes

    def down(self, machine: Machine, *_words: object) -> None:
        machine.deployment.stop(*machine.deployment.processes)
        machine.broker.stop()
        machine.had_setup = False

    def ps(self, machine: Machine, flags: dict[str, str], services: list[str]) -> dict[str, Any]:
        return {"words": "\n".join(machine.deployment.processes), "code": 0}

    def logs(self, machine: Machine, flags: dict[str, str], services: list[str]) -> dict[str, Any]:
        known(services)
        return {"words": "".join(map(machine.deployment.log, services)), "code": 0}

    def forget(self, machine: Machine, volumes: list[str]) -> dict[str, Any]:
        """A volume is named after the folder; it cannot go while somebody uses it."""
        for volume in volumes:
            name = volume.removeprefix(f"{machine.folder.name}_")
            if name not in COMPOSE["volumes"] or machine.deployment.processes:
                return {"words": f"no volume {volume}, or it is in use", "code": 1}
            if name == "database":
                words = "drop schema public cascade; create schema public"
                subprocess.run(["psql", "-q", "-c", words, machine.database], check=True)
        return {"words": "", "code": 0}


def split(command: str, words: list[str]) -> tuple[dict[str, str], list[str]]:
    """Flags stand before the service: what follows it belongs to the command inside."""
    flags: dict[str, str] = {}
    rest = list(words)
    while rest and rest[0].startswith("-"):
        name, _equals, value = rest.pop(0).partition("=")
        if name not in FLAGS[command]:
            raise Refused(f"unknown flag of {command}: {name}")
        flags[name] = rest.pop(0) if name in WITH_VALUE and not value else value
    return flags, rest


def known(services: list[str]) -> None:
    for name in services:
        if name not in SERVICES:
            raise Refused(f"no such service: {name}")


def run_whole(asked: dict[str, Any]) -> None:
    answer = subprocess.run(
        asked["command"],
        cwd=asked["folder"],
        env=asked["environment"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    if answer.returncode:
        raise Refused(answer.stdout + answer.stderr)


def wait_until(holds: Any, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise Refused("unhealthy")
        time.sleep(0.1)


@contextlib.contextmanager
def engine(home: Path, overrides: dict[str, str], proxy_port: int) -> Iterator[Engine]:
    """Answers on a socket; `docker` is on the PATH of `home / "bin"`."""
    address = str(home / "engine.sock")
    shim = home / "bin" / "docker"
    shim.parent.mkdir()
    script = Path(__file__).with_name("docker_by_hand.py")
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n')
    shim.chmod(0o755)
    with contextlib.ExitStack() as stack, Listener(address, authkey=b"engine") as listener:
        made = Engine(home, overrides, stack, proxy_port=proxy_port)

        def serve() -> None:
            while True:
                with contextlib.suppress(EOFError, ConnectionError), listener.accept() as caller:
                    asked = caller.recv()
                    if asked is None:
                        return
                    caller.send(made.answer(*asked))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield made
