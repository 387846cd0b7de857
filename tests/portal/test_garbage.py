"""Python looks for garbage among what comes and goes, and not among what was loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

SAID = "import gc; print(gc.isenabled(), gc.get_freeze_count() > 100_000)"
STARTS = {
    "a command": ["manage.py", "shell", "--verbosity=0", "--command", SAID],
    "a web process": ["-c", f"import portal.asgi; {SAID}"],
}


@pytest.mark.parametrize("start", STARTS)
def test_what_is_loaded_is_not_looked_through(start: str) -> None:
    done = subprocess.run(
        [sys.executable, *STARTS[start]], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True True"
