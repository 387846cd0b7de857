"""docker-compose.yml and Dockerfile describe the program that exists.
No engine is needed to hold them to it."""

from __future__ import annotations

import importlib
import re
import shlex
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_the_parts_of_a_deployment_are_all_there():
    assert set(COMPOSE["services"]) == {
        "proxy",
        "setup",
        "web",
        "events",
        "worker",
        "database",
        "redis",
    }


def test_redis_keeps_its_queue_on_disk_and_evicts_nothing():
    command = COMPOSE["services"]["redis"]["command"]
    assert command[1:] == [
        "--appendonly",
        "yes",
        "--appendfsync",
        "everysec",
        "--maxmemory-policy",
        "noeviction",
    ]


def test_the_worker_may_finish_what_it_checks_before_it_is_killed(settings):
    grace = int(COMPOSE["services"]["worker"]["stop_grace_period"].removesuffix("s"))
    assert grace > settings.CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT + 10


@pytest.mark.parametrize("service", ["web", "events"])
def test_a_web_service_names_an_application_that_exists(service):
    module, name = COMPOSE["services"][service]["command"][-1].split(":")
    assert callable(getattr(importlib.import_module(module), name))


def test_everything_restarts_by_itself():
    assert {
        COMPOSE["services"][name]["restart"]
        for name in ("web", "events", "worker", "database", "redis", "proxy")
    } == {"always"}


def test_every_variable_is_one_that_the_settings_read():
    files = [*(ROOT / "portal/settings").glob("*.py"), ROOT / "portal/management/commands/run.py"]
    text = "".join(file.read_text() for file in files)
    read = set(re.findall(r'env\w*\(\s*"([A-Z_]+)"', text))
    assert set(COMPOSE["services"]["web"]["environment"]) - read == set()


def test_the_image_copies_what_the_program_needs():
    copied = {
        word
        for line in DOCKERFILE.splitlines()
        if line.startswith("COPY")
        for word in shlex.split(line)[1:-1]
    }
    assert copied == {
        "requirements.txt",
        "manage.py",
        "portal",
        "lessons",
        "labs",
        "templates",
        "static",
    }
    assert all((ROOT / name).exists() for name in copied)


def test_the_image_does_not_run_as_root():
    assert "\nUSER portal\n" in DOCKERFILE


def test_static_files_are_the_image_s_own_and_not_in_its_volume():
    """A volume outlives the image: after an upgrade the pages would name files that it does not
    have."""
    volumes = re.findall(r"^VOLUME (\S+)$", DOCKERFILE, re.M)
    [static] = re.findall(r"STATIC_DIR=(\S+)", DOCKERFILE)
    assert [volume for volume in volumes if Path(static).is_relative_to(volume)] == []


def test_no_secret_key_is_made_while_the_image_is_built():
    """Without ALLOWED_HOSTS the settings make a key in DATA_DIR;
    whoever has the image would have it too."""
    [build] = re.findall(r"^RUN useradd.*(?:\n &&.*)*", DOCKERFILE, re.M)
    assert "DATA_DIR=/tmp/building python manage.py collectstatic" in build
    assert "rm -r /tmp/building" in build
