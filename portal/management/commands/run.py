"""`manage.py run`: the whole portal with one command, on a laptop without any server."""

from __future__ import annotations

import fcntl
import io
import os
import signal
import socket
import sys
import urllib.request
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import IO
from urllib.error import URLError

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from portal.broker import embedded_socket, is_answering, server_binary, server_command
from portal.env import env
from portal.management.commands.seed_demo import demo_sign_ins
from portal.supervisor import Service, Stopped, Supervisor, say

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Command(BaseCommand):
    help = (
        "Migrate, sync the content, seed the demo on first start, and run web, worker and "
        "broker together."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port", type=int, default=settings.PORT, help="default: $PORT or 8000"
        )
        parser.add_argument(
            "--host", default=env("HOST", "127.0.0.1"), help="default: $HOST or 127.0.0.1"
        )
        parser.add_argument(
            "--no-demo", action="store_true", help="do not make the demo cohort on first start"
        )

    def handle(self, *, port: int, host: str, no_demo: bool, **options: object) -> None:
        refuse_taken_port(host, port)
        os.environ["PORT"] = str(port)  # web and worker write addresses into mails
        keep_private(settings.DATA_DIR)
        lock = lock_data_dir(settings.DATA_DIR)
        supervisor = Supervisor()
        supervisor.listen()
        try:
            start_broker(supervisor)
            # The demo has an administrator and a public password
            prepare_data(demo=not no_demo and host in LOOPBACK)
            supervisor.add(worker_service())
            start_web(supervisor, host, port)
            if settings.METRICS_ADDRESS:
                supervisor.add(metrics_service())
            greet(host, port)
            supervisor.run()
        except Stopped:
            say(
                "portal",
                "stopping: the worker may finish what it is checking (Ctrl-C again to end at once)",
            )
        finally:
            supervisor.stop()
            lock.close()
        say("portal", "stopped; everything is kept in " + str(settings.DATA_DIR))


def refuse_taken_port(host: str, port: int) -> None:
    if not 0 < port < 65536:
        raise CommandError(f"PORT={port} is no port: use a number from 1 to 65535.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror as error:
            raise CommandError(
                f"HOST={host} is no address of this machine ({error.strerror})."
            ) from error
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). "
                f"Another program may have it: choose another one, for example PORT={port + 1} "
                "make run."
            ) from error


def keep_private(folder: Path) -> None:
    """Answers, names and password hashes are nobody else's on this machine."""
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for file in folder.glob("*.sqlite3*"):
        file.chmod(0o600)


def lock_data_dir(folder: Path) -> IO[str]:
    """Two portals on one data folder would start two brokers; the lock goes with the process."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "run.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise CommandError(
            f"The portal is running already on {folder}. DATA_DIR=… runs a second one."
        ) from error
    return lock


def start_broker(supervisor: Supervisor) -> None:
    if env("REDIS_URL"):
        if not is_answering(settings.REDIS_URL):
            say(
                "portal",
                "the Redis of REDIS_URL does not answer; work is accepted and checked once it is "
                "back",
            )
        return
    if is_answering(settings.REDIS_URL):
        # Left over from a portal that was killed; it holds nothing that the database does not
        return
    binary = server_binary()
    if not binary:
        raise CommandError(
            "No Valkey or Redis server runs on this system. Set REDIS_URL to one, "
            "or use WSL (Windows) or `docker compose up`."
        )
    path = embedded_socket(settings.DATA_DIR)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    broker = supervisor.add(Service("broker", server_command(binary, path)))
    if not supervisor.wait_for(broker, lambda: is_answering(settings.REDIS_URL), seconds=10):
        raise CommandError(f"The embedded broker did not start; {path.parent}/valkey.log says why.")


def prepare_data(*, demo: bool) -> None:
    say("portal", "preparing the database and the course")
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        raise CommandError(f"The database cannot be used: {error}") from error
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("sync_content", "--apply-if-safe")
    if demo and not settings.DEPLOYED and not get_user_model().objects.exists():
        call_command("seed_demo", stdout=io.StringIO())  # the sign-ins are printed at the end


def worker_service() -> Service:
    words = (
        "celery --quiet --app portal worker --concurrency 2 --queues interactive,bulk "
        "--without-gossip --without-mingle"
    )
    return Service(
        "worker",
        [sys.executable, "-m", *words.split(), "--loglevel", "warning", "--hostname", "portal@%h"],
        environment={"DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]},
        patience=settings.CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT + 15,
    )


def metrics_service() -> Service:
    return Service("metrics", [sys.executable, str(settings.BASE_DIR / "manage.py"), "metrics"])


def start_web(supervisor: Supervisor, host: str, port: int) -> None:
    words = (
        "granian --interface asginl --workers 1 --log-level warning --respawn-failed-workers "
        "--workers-kill-timeout 5"
    )
    web = supervisor.add(
        Service(
            "web",
            [
                sys.executable,
                "-m",
                *words.split(),
                "--host",
                host,
                "--port",
                str(port),
                "portal.asgi:application",
            ],
            # Granian's handler waits for its own lock for ever where a second SIGTERM comes within
            # the first, and goes on serving the port
            last_signal=signal.SIGKILL,
            environment={"SUPERVISED": "1"},
        )
    )
    if not supervisor.wait_for(web, lambda: is_alive(host, port), seconds=30):
        raise CommandError("The web server did not start; its lines above say why.")


def is_alive(host: str, port: int) -> bool:
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{port}/healthz"
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # nosec B310
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def greet(host: str, port: int) -> None:
    everywhere = {"127.0.0.1", "0.0.0.0", "::1"}  # noqa: S104  # nosec B104
    shown = "localhost" if host in everywhere else host
    say("portal", "")
    say("portal", f"The portal is ready:  http://{shown}:{port}/")
    sign_ins = demo_sign_ins()
    if sign_ins and host not in LOOPBACK:
        say(
            "portal",
            "Beware: whoever reaches this address can sign in with the demo's public password.",
        )
    for line in sign_ins:
        say("portal", line)
    say("portal", "Ctrl-C ends it.")
