"""On what it was measured."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import time
from pathlib import Path

import psycopg

from tests.bench.row import Effort


def machine_line(server: str, effort: Effort, runs: int) -> str:
    return ", ".join(
        [
            time.strftime("%-d %B %Y, %H:%M"),
            f"{os.cpu_count()} cores",
            processor(),
            f"Python {platform.python_version()}",
            database(server),
            f"load {os.getloadavg()[0]:.1f} before",
            f"effort {effort.scale:g}",
            f"{runs} run{'s' if runs > 1 else ''}",
        ]
    )


def processor() -> str:
    info = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.+)", info.read_text()) if info.exists() else None
    name = found[1] if found else platform.processor() or platform.machine()
    return " ".join(name.split())


def database(server: str) -> str:
    if not server:
        return f"SQLite {sqlite3.sqlite_version}"
    with psycopg.connect(server) as connection:
        version = connection.info.server_version
    return f"PostgreSQL {version // 10000}.{version % 10000}"
