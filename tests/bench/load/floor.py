"""The floor of a load test: the bare page of `tests/bench/bare.py`, served as the portal is."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from tests.deployment import Deployment, wait_for
from tests.running import free_port


@contextlib.contextmanager
def bare_server(deployment: Deployment, workers: int) -> Iterator[str]:
    port = free_port()
    command = ["granian", "--interface", "asginl", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(workers), "--no-log", "tests.bench.load.floor:application"]
    deployment.launch("bare", command)
    try:
        wait_for(f"http://127.0.0.1:{port}/alive/")
        yield f"http://127.0.0.1:{port}"
    finally:
        deployment.stop("bare")


def __getattr__(name: str) -> Any:
    """`application`, made where a server asks for it."""
    if name != "application":
        raise AttributeError(name)
    import django

    django.setup()
    from portal.front import front
    from tests.bench import bare

    return front(bare.handler())
