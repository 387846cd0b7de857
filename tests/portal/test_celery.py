"""What a worker does as it starts."""

from __future__ import annotations

import os
import subprocess
import sys

START = """
import os
from celery.signals import worker_init
from portal.celery import NICENESS, app
before = os.nice(0)
worker_init.send(sender=app)
assert NICENESS > 0
print(os.nice(0) - before == NICENESS)
"""


def test_a_worker_lets_pages_go_first() -> None:
    """In a process of its own: nobody can take it back."""
    done = subprocess.run(
        [sys.executable, "-c", START], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "True"
