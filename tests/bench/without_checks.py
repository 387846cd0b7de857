"""A worker that does everything but the check: it takes the row whose turn it is, and stores the
report that it finds in the file READY_REPORT. `celery --app tests.bench.without_checks worker`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from celery.signals import worker_init

from portal.celery import app as app

READY_REPORT = "READY_REPORT"


@worker_init.connect
def leave_the_checks_out(**_signal: Any) -> None:
    from labs import tasks
    from labs.checker import Checked
    from labs.grading.report import Report
    from labs.packed import Packed

    text = Path(os.environ[READY_REPORT]).read_bytes()
    found = Checked(Report.from_json(json.loads(text)), "none", Packed.from_text(text))
    tasks.check_in_child = lambda *_answer, **_limits: found
