"""Whether this web process is about to end: its server (portal/serve.py) made the mark."""

from __future__ import annotations

import os
from pathlib import Path

MARK = "PORTAL_DRAINING"


def is_draining() -> bool:
    mark = os.environ.get(MARK)
    return bool(mark) and Path(str(mark)).exists()
