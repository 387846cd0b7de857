"""A `docker` without an engine: it does with processes what `docker compose` does with containers,
for the commands that portal/OPERATING.md uses, and refuses what compose would refuse.

Its other half is `Engine` in tests/engine.py, which starts and stops; what would run in a container
is run here, in place of this process.
"""

from __future__ import annotations

import os
import sys
from multiprocessing.connection import Client
from pathlib import Path


def main() -> None:
    with Client(os.environ["ENGINE"], authkey=b"engine") as engine:
        engine.send((sys.argv[1:], str(Path.cwd())))
        answer = engine.recv()
    if "command" in answer:
        os.chdir(answer["folder"])
        os.execvpe(answer["command"][0], answer["command"], answer["environment"])
    print(answer["words"], file=sys.stderr if answer["code"] else sys.stdout)
    sys.exit(answer["code"])


if __name__ == "__main__":
    main()
