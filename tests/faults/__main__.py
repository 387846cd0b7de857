"""`python -m tests.faults --stack laptop|deployment --seeds 20 --answers 300`"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests import prepared
from tests.faults.harness import HEAD, STACKS, all_runs


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stack", choices=sorted(STACKS), default="laptop")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--answers", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=45)
    asked = parser.parse_args()
    if prepared.is_run():
        return run(asked)
    prepared.begin_run()  # a first start is made once, and not for each seed
    try:
        return run(asked)
    finally:
        prepared.end_run()


def run(asked: argparse.Namespace) -> int:
    folder = Path(tempfile.mkdtemp(prefix="fh-"))
    seeds = range(asked.first_seed, asked.first_seed + asked.seeds)
    failed, rows = 0, []
    for result in all_runs(asked.stack, seeds, asked.answers, folder, asked.seconds):
        rows.append(result.row)
        print(HEAD, result.row, dict(result.faults), f"repeated {result.repeated}", sep="\n")
        for words in result.broken:
            print("   ", words)
        failed += bool(result.broken)
        if not result.broken:  # the logs of the others are kept
            shutil.rmtree(folder / str(result.seed), ignore_errors=True)
    print("", HEAD, *rows, f"logs of what failed: {folder}" if failed else "all is well", sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
