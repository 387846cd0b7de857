"""What the portal costs, beside the least that it could cost: one table.

    make bench                                     # eight minutes; BENCH=--quick: three
    python -m tests.bench --only pages,handing-in --runs 3
    DATABASE_URL=postgres://…/postgres python -m tests.bench --nightly
    python -m tests.bench --readme                 # the last table into the READMEs

Measures on SQLite, or on a database of its own on the server of DATABASE_URL (which is dropped
afterwards), and with a broker of its own. Asserts nothing; ends in an error where a part could not
be measured.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.bench.ground import Ground, prepared
from tests.bench.machine import machine_line
from tests.bench.part import LONG, PARTS
from tests.bench.row import NIGHTLY, NORMAL, QUICK, Effort, Row, lines_of
from tests.bench.table import Table, as_text, one_line, write_readmes


def main() -> None:
    asked = arguments()
    if asked.readme:
        write_readmes(Table.read(asked.json))
        return
    server = os.environ.get("DATABASE_URL", "")
    machine = machine_line(server, asked.effort, asked.runs)
    runs, failed = measure(server, asked)
    lines = [line for part in runs for line in lines_of(part, runs[part])]
    table = Table(machine, lines)
    table.write(asked.json)
    print(as_text(table))
    if failed:
        sys.exit(f"could not be measured: {', '.join(dict.fromkeys(failed))}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    how = parser.add_mutually_exclusive_group()
    for name, effort in (("quick", QUICK), ("nightly", NIGHTLY)):
        how.add_argument(f"--{name}", dest="effort", action="store_const", const=effort)
    how.add_argument("--effort", type=lambda text: Effort(float(text)), help="1 is quick, 0 once")
    parser.add_argument("--only", type=known, default=[], metavar=",".join(PARTS))
    parser.add_argument("--runs", type=int, default=1, help="of all; their medians and ranges")
    parser.add_argument("--json", type=Path, default=Path("var/bench.json"))
    parser.add_argument("--readme", action="store_true", help="measure nothing: write the tables")
    parser.set_defaults(effort=NORMAL)
    asked = parser.parse_args()
    asked.only = asked.only or [
        part for part in PARTS if part not in LONG or asked.effort == NIGHTLY
    ]
    return asked


def known(words: str) -> list[str]:
    parts = words.split(",")
    for part in parts:
        if part not in PARTS:
            raise argparse.ArgumentTypeError(f"there is no part {part!r}")
    return parts


def measure(server: str, asked: argparse.Namespace) -> tuple[dict[str, list[list[Row]]], list[str]]:
    """The rows of each run, by part; and the parts that failed. Runs follow each other, so that
    what the machine does for a minute is in one of them only."""
    runs: dict[str, list[list[Row]]] = defaultdict(list)
    failed: list[str] = []
    with prepared(server) as ground:
        for _run in range(asked.runs):
            for part in asked.only:
                rows, is_whole = rows_of(ground, part, asked.effort)
                runs[part].append(rows)
                failed += [] if is_whole else [part]
    return runs, failed


def rows_of(ground: Ground, part: str, effort: Effort) -> tuple[list[Row], bool]:
    command = [sys.executable, "-m", "tests.bench.part", part, str(effort.scale)]
    with ground.copied() as copy:
        log = copy.folder / "part.log"
        with log.open("w") as errors:
            process = subprocess.Popen(
                command, env=copy.environment, stdout=subprocess.PIPE, stderr=errors, text=True
            )
        try:
            rows = list(rows_from(process, part))
        finally:
            is_whole = end(process) == 0
        if not is_whole:
            sys.stderr.write("".join(log.read_text().splitlines(keepends=True)[-30:]))
    return rows, is_whole


def rows_from(process: subprocess.Popen[str], part: str) -> Iterator[Row]:
    """As they come; what the part says besides is passed on."""
    assert process.stdout
    for text in process.stdout:
        if text.startswith("{"):
            row = Row(**json.loads(text))
            print(one_line(part, row), file=sys.stderr, flush=True)
            yield row
        else:
            sys.stderr.write(text)


def end(process: subprocess.Popen[str]) -> int:
    """One that still measures is told to stop, and stops what it started."""
    if isinstance(sys.exception(), KeyboardInterrupt):
        process.send_signal(signal.SIGINT)
    return process.wait()


if __name__ == "__main__":
    main()
