"""`python -m portal.serve [pages | events]`: a web server of a deployment.

Granian, with an end that nobody notices. Told to stop, it answers 503 at /healthz and everything
else as before, so that the proxy, which asks every second, sends nobody any more; DRAIN_SECONDS
later it closes its door. Without that, whoever stands in its queue is cut off (Granian's own reload
by SIGHUP lost one request in 15,672), and whoever is sent to a container that is gone waits for a
time-out. A second signal ends it at once.
"""

from __future__ import annotations

import os
import tempfile
import threading
from argparse import ArgumentParser
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from portal.draining import MARK
from portal.env import env_int

APPLICATIONS = {
    "pages": ("portal.asgi:application", Interfaces.ASGINL),
    "events": ("labs.live:events", Interfaces.ASGI),
}


class Server(Granian):  # type: ignore[misc, valid-type]
    def signal_handler_interrupt(self, *details: object) -> None:
        mark = Path(os.environ[MARK])
        if mark.exists():
            self.end()
            return
        mark.touch()
        wait = threading.Timer(env_int("DRAIN_SECONDS", 4), self.end)
        wait.daemon = True
        wait.start()

    def end(self) -> None:
        """Once: Granian's handler takes a lock, for which one within it would wait for ever."""
        if not self.interrupt_signal:
            super().signal_handler_interrupt()


def serve(what: str, *, host: str, port: int, workers: int) -> None:
    application, interface = APPLICATIONS[what]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    with tempfile.TemporaryDirectory(prefix="portal-") as private:
        os.environ[MARK] = str(Path(private) / "draining")  # the workers inherit it
        Server(
            application,
            address=host,
            port=port,
            interface=interface,
            workers=workers,
            respawn_failed_workers=True,
            workers_kill_timeout=5,
        ).serve()


def main() -> None:
    parser = ArgumentParser(prog="python -m portal.serve", description="Serve pages, or events.")
    parser.add_argument("what", choices=sorted(APPLICATIONS))
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=env_int("WEB_WORKERS", 2, at_least=1))
    given = parser.parse_args()
    serve(given.what, host=given.host, port=given.port, workers=given.workers)


if __name__ == "__main__":
    main()
