"""`manage.py check --deploy` in the settings of a deployment."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

WELL = {
    "ALLOWED_HOSTS": "portal.example",
    "SECRET_KEY": "k3J-0fWq8Zs7yT1nVb5cXu9_RdMgHpLxA2eN6tQoUiYwSaEzKl4vBj",
    "DATABASE_URL": "postgres://portal@db.example/portal",
    "REDIS_URL": "redis://redis.example:6379/0",
    "EMAIL_HOST": "mail.example",
    "EMAIL_FROM": "portal@portal.example",
    "BEHIND_PROXY": "1",
}


def check(**changes: str) -> tuple[int, str]:
    environment = {
        name: os.environ[name] for name in ("PATH", "DATA_DIR", "HOME") if name in os.environ
    }
    command = [
        sys.executable,
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
    ]
    done = subprocess.run(
        command, env=environment | WELL | changes, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def test_a_good_deployment_is_clean() -> None:
    assert check() == (0, "")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"EMAIL_HOST": "none"}, "portal.W001"),
        ({"EMAIL_FROM": ""}, "portal.W002"),
        ({"DATABASE_URL": ""}, "portal.W003"),
        ({"REDIS_URL": ""}, "portal.W004"),
        ({"BEHIND_PROXY": ""}, "portal.W005"),
        ({"MFA_REQUIRED_FOR": "none"}, "portal.W006"),
        ({"HTTPS": "0"}, "security.W008"),
    ],
)
def test_a_wrong_setting_is_named(changes: dict[str, str], name: str) -> None:
    status, words = check(**changes)
    assert (status, name in words) == (1, True)
