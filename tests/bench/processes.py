"""What other processes took of the machine, as the kernel tells it."""

from __future__ import annotations

import os
import time
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """The process and all that come from it."""
    children = told(f"/proc/{pid}/task/{pid}/children").split()
    return [pid, *(one for child in children for one in family(int(child)))]


def seconds_of(pids: list[int]) -> float:
    """Processor time, that of children that are gone included."""
    total = 0
    for pid in pids:
        fields = told(f"/proc/{pid}/stat").rpartition(")")[2].split()
        total += sum(int(fields[place]) for place in (11, 12, 13, 14) if fields)
    return total / TICK


def told(file: str) -> str:
    """Nothing of a process that left meanwhile: its parent's time has it."""
    try:
        return Path(file).read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def megabytes_of(pids: list[int]) -> list[int]:
    """Proportional: what processes share counts once."""
    found = []
    for pid in pids:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        found += [int(row.split()[1]) // 1024 for row in rows if row.startswith("Pss:")]
    return found


def cpu_clock(pid: int) -> float:
    """Seconds of a running process, much finer than `seconds_of` (Linux's own numbers of clocks:
    see clock_getcpuclockid(3))."""
    return time.clock_gettime(~pid << 3 | 2)


def open_files(pid: int) -> list[str]:
    """Of the process and of those that came from it."""
    return [
        str(link.readlink())
        for each in family(pid)
        for link in Path(f"/proc/{each}/fd").iterdir()
        if link.is_symlink()
    ]
