"""The parts of the bench. Each module of a part has `rows(effort)`, which measures and yields a
`Row` for each figure; to add a part, add its module here.

`python -m tests.bench.part NAME SCALE` measures one of them in a process of its own, on what the
environment says, and prints its rows as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from importlib import import_module

from tests.bench.row import Effort

PARTS = {
    "pages": ("bench_pages",),
    "search": ("bench_search",),
    "handing-in": ("bench_handing_in",),
    "steady": ("bench_steady",),
    "checking": ("bench_checking", "bench_child"),
    "workers": ("bench_workers",),
    "on-screen": ("bench_on_screen",),
    "live": ("bench_live",),
    "sync": ("bench_sync",),
    "engines": ("bench_iam", "bench_network", "bench_balancing", "bench_scaling"),
    "grid": ("bench_grid", "bench_exports"),
    "load": ("bench_load",),
    "growth": ("growth.rows",),
    "million": ("million.rows",),
    "regrading": ("bench_regrading",),
}
# By night, and where they are asked for
LONG = {"grid", "load", "growth", "million", "regrading"}


def main() -> None:
    name, scale = sys.argv[1], float(sys.argv[2])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    for module in PARTS[name]:
        for row in import_module(f"tests.bench.{module}").rows(Effort(scale)):
            print(json.dumps(asdict(row)), flush=True)


if __name__ == "__main__":
    main()
