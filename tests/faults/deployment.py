"""The commands of docker-compose.yml as plain processes, on servers of their own."""

from __future__ import annotations

import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import psycopg
import yaml

from portal.broker import is_answering, server_binary, server_command
from tests import prepared
from tests.databases import own_database
from tests.faults.postgres import Postgres
from tests.faults.processes import ROOT, Process, children_of, send
from tests.faults.stack import Fault, Rows, Stack
from tests.running import free_port

SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
DATABASE = "portal"


class Deployment(Stack):
    name = "deployment"

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, seed)
        self.postgres = Postgres(folder / "database.log")
        self.ports = {"web": free_port(), "events": free_port()}
        self.url = f"http://127.0.0.1:{self.ports['web']}"
        self.secret = secrets.token_urlsafe(50)
        self.socket = folder / "redis" / "b.sock"

    def start(self) -> None:
        self.make_catalog()
        self.postgres.start()
        self.postgres.run(f"create database {DATABASE}")
        self.start_broker()
        if prepared.is_run():
            self.copy_prepared()
        else:
            self.run_once("python", "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
        self.run_once(*SERVICES["setup"]["command"])
        self.postgres.add_triggers(DATABASE)
        for service in ("web", "events", "worker"):
            self.processes[service] = self.process_of(service)
            self.processes[service].start()
        self.wait_until_it_answers()

    def copy_prepared(self) -> None:
        """From another server, where nobody may read the template itself."""
        prepared.copy_data("synced", self.folder / "data", prepared.POSTGRESQL)
        with own_database(like=prepared.template("synced")) as copy:
            dump = subprocess.run(["pg_dump", copy], check=True, capture_output=True)
        fill = ["psql", "--quiet", "--set=ON_ERROR_STOP=1", self.postgres.url(DATABASE)]
        subprocess.run(fill, input=dump.stdout, check=True, capture_output=True)

    def start_broker(self) -> None:
        self.socket.parent.mkdir()
        command = server_command(shutil.which("redis-server") or server_binary(), self.socket)
        broker = Process("broker", command, self.settings(), self.folder / "broker.log")
        self.processes["broker"] = broker
        broker.start()
        while not is_answering(f"unix://{self.socket}"):
            assert broker.is_running, "no broker runs here"

    def settings(self) -> dict[str, str]:
        own = super().settings()
        return own | {
            "PATH": f"{Path(sys.executable).parent}:{own['PATH']}",
            "DATA_DIR": str(self.folder / "data"),
            "SECRET_KEY": self.secret,
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "HTTPS": "0",
            "EMAIL_HOST": "none",
            "DATABASE_URL": self.postgres.url(DATABASE),
            "REDIS_URL": f"unix://{self.socket}",
        }

    def run_once(self, *command: str) -> None:
        subprocess.run(
            command,
            cwd=ROOT,
            env=self.settings(),
            check=True,
            capture_output=True,
            timeout=180,
        )

    def process_of(self, service: str) -> Process:
        command = [str(word) for word in SERVICES[service]["command"]]
        if service in self.ports:
            command[command.index("--port") + 1] = str(self.ports[service])
            command[command.index("--host") + 1] = "127.0.0.1"
        return Process(service, command, self.settings(), self.folder / f"{service}.log")

    def stop(self) -> None:
        self.watching.clear()
        for service in ("web", "events", "worker", "broker"):
            if service in self.processes:
                self.processes[service].stop(patience=15)
        self.postgres.stop()

    def query(self, sql: str) -> Rows:
        with psycopg.connect(self.postgres.url(DATABASE), connect_timeout=20) as connection:
            return connection.execute(sql).fetchall()

    # --- Faults ---

    def faults(self) -> Mapping[str, Fault]:
        return {
            "kill_web": lambda: self.kill("web"),
            "kill_web_worker": self.kill_web_worker,
            "kill_events": lambda: self.kill("events"),
            "kill_worker": lambda: self.kill("worker"),
            "kill_child": self.kill_child,
            "kill_broker": self.kill_broker,
            "empty_broker": self.empty_broker,
            "pause_broker": self.pause_broker,
            "pause_database": lambda: self.postgres.pause(self.dice.uniform(1, 5)),
            "cut_connections": self.cut_connections,
            "fill_disk": self.fill_disk,
            "set_clock": self.set_clock,
            "roll": self.roll,
        }

    def kill(self, service: str) -> None:
        self.processes[service].signal_all(signal.SIGKILL)

    def kill_web_worker(self) -> None:
        if children := children_of(self.processes["web"].pid):
            send([self.dice.choice(children)], signal.SIGKILL)

    def kill_child(self) -> None:
        if children := children_of(self.processes["worker"].pid):
            send([self.dice.choice(children)], signal.SIGKILL)

    def broker_pid(self) -> int:
        return self.processes["broker"].pid

    def broker_folder(self) -> Path:
        return self.socket.parent

    def cut_connections(self) -> None:
        own = f"datname = '{DATABASE}' and pid <> pg_backend_pid()"
        self.postgres.run(f"select pg_terminate_backend(pid) from pg_stat_activity where {own}")

    def fill_disk(self) -> None:
        change = "update harness_full set is_full = {}"
        self.postgres.run(change.format("true"), database=DATABASE)
        try:
            self.wait(2, 5)
        finally:
            self.postgres.run(change.format("false"), database=DATABASE)

    def roll(self) -> None:
        """One after the other, as an upgrade does."""
        for service in ("web", "events", "worker"):
            process = self.processes[service]
            process.stop(patience=30)
            process.start()
        self.wait_until_it_answers()
