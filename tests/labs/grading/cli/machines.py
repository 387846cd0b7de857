"""A machine in a few words."""

from __future__ import annotations

from labs.grading.cli.settings.files import CONFIG, CREDENTIALS
from labs.grading.cli.settings.machine import Machine

KEYS = """
[default]
aws_access_key_id = DEFAULT
aws_secret_access_key = s
[dev]
aws_access_key_id = DEV
aws_secret_access_key = s
"""


def machine(config: str = "", credentials: str = KEYS, **variables: str) -> Machine:
    files = {CONFIG: config, CREDENTIALS: credentials}
    return Machine(dict(variables), files, exported=set(variables))
