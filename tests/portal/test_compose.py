"""docker-compose.yml and Dockerfile describe the program that exists.
No engine is needed to hold them to it."""

from __future__ import annotations

import importlib
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal.serve import APPLICATIONS
from tests.compose import NEEDED, OURS, ROOT, SERVICES, caddyfile, compose

DOCKERFILE = (ROOT / "Dockerfile").read_text()
README = (ROOT / "README.md").read_text()
ENVIRONMENT = SERVICES["web"]["environment"]
STAYS = set(SERVICES) - {"setup", "manage"}  # what is there all the time

# Settings of the README's table that compose does not hand on, and why.
NOT_IN_COMPOSE = {
    "DATA_DIR": "the image has it",
    "STATIC_DIR": "the image has it",
    "HOST": "the command has it",
    "PORT": "the command has it",
    "SECRET_KEY_FILE": "compose hands the secret itself on",
    "DATABASE_PASSWORD_FILE": "compose hands the secret itself on",
    "EMAIL_PASSWORD_FILE": "compose hands the secret itself on",
    "OIDC_CLIENT_SECRET_FILE": "compose hands the secret itself on",
}


def table() -> set[str]:
    """Every name in the first column of the README's settings."""
    rows = re.findall(r"^\| (`[A-Z].*?) \|", README.split("## In production")[1], re.M)
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}


def test_every_setting_of_the_readme_can_be_given_to_a_deployment():
    assert len(table()) > 30
    assert table() - set(ENVIRONMENT) - set(NOT_IN_COMPOSE) == set()
    assert set(NOT_IN_COMPOSE) <= table() - set(ENVIRONMENT)


def test_a_setting_that_is_given_arrives():
    own = {"BEHIND_PROXY", "HEARTBEAT_FILE", "BACKUP_DIR"}  # no choice inside compose
    named = {"ALLOWED_HOSTS": "DOMAIN", "CSRF_TRUSTED_ORIGINS": "ORIGIN"}
    for name in set(ENVIRONMENT) - own:
        given = compose(**{named.get(name, name): "7 or $ another: '#"})
        for service in OURS:
            assert given["services"][service]["environment"][name] == "7 or $ another: '#", name


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_nothing_starts_without_what_has_no_default(name):
    with pytest.raises(KeyError, match=name):
        compose(**{name: ""})


def test_the_file_is_what_the_specification_allows():
    reader = pytest.importorskip("compose_spec").PyCompose
    assert len(reader.from_json(json.dumps(compose())).service_names()) == len(SERVICES)
    wrong = compose()
    wrong["services"]["web"]["helthcheck"] = {}
    with pytest.raises(ValueError, match="helthcheck"):
        reader.from_json(json.dumps(wrong))


def test_the_proxy_reads_its_configuration(tmp_path):
    caddy = shutil.which("caddy", path=Path(sys.executable).parent)
    if not caddy:
        pytest.skip("no caddy on this system")
    (tmp_path / "Caddyfile").write_text(caddyfile())
    answer = subprocess.run(
        [caddy, "validate", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")],
        env={"SITE": "portal.example.org", "HOME": str(tmp_path)},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr


def test_the_parts_of_a_deployment_are_all_there():
    assert set(SERVICES) == {
        *("proxy", "setup", "web", "web2", "events", "worker", "bulk"),
        *("backup", "metrics", "manage", "database", "redis"),
    }


def test_an_image_is_pinned_to_a_major_version():
    images = {service["image"] for service in SERVICES.values() if "build" not in service}
    assert images == {"caddy:2", "postgres:17", "redis:7"}
    # Whose pg_dump is 17 as well: an older one refuses a newer server.
    assert DOCKERFILE.splitlines()[1] == "FROM python:3.12-slim-trixie"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_part_that_is_broken_into_can_do_little(name):
    service = SERVICES[name]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert service.get("privileged") is None


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_part_that_runs_wild_ends_alone(name):
    limits = SERVICES[name]["deploy"]["resources"]["limits"]
    assert set(limits) == {"cpus", "memory", "pids"}
    assert float(limits["cpus"]) <= 2  # more than a machine has is refused


def megabytes(size: str) -> int:
    return int(size[:-1]) * {"M": 1, "G": 1024}[size[-1]]


@pytest.mark.parametrize("name", ["worker", "bulk"])
def test_a_worker_has_room_for_as_many_checks_as_it_runs_at_once(name, settings):
    command = SERVICES[name]["command"]
    at_once = int(command[command.index("--concurrency") + 1])
    each = settings.CELERY_WORKER_MAX_MEMORY_PER_CHILD // 1000 + settings.CHECK_MEMORY_MB
    limit = SERVICES[name]["deploy"]["resources"]["limits"]["memory"]
    assert megabytes(limit) >= 120 + at_once * each


@pytest.mark.parametrize("name", sorted(STAYS))
def test_every_part_that_stays_says_whether_it_is_well(name):
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "always"


def test_what_has_to_survive_is_in_a_volume_with_a_name():
    """A volume without one is lost with its container: a backup in it, too."""
    kept = {
        volume.split(":")[1]: volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
    }
    for folder in re.findall(r"^VOLUME (\[.*\])$", DOCKERFILE, re.M):
        assert set(json.loads(folder)) <= set(kept)


def test_answers_and_other_work_have_workers_of_their_own():
    queues = {
        name: service["command"][service["command"].index("--queues") + 1]
        for name, service in SERVICES.items()
        if "--queues" in service.get("command", [])
    }
    assert queues == {"worker": "interactive", "bulk": "bulk"}


def test_redis_keeps_its_queue_on_disk_and_evicts_nothing():
    command = SERVICES["redis"]["command"]
    assert command[1:] == [
        "--appendonly",
        "yes",
        "--appendfsync",
        "everysec",
        "--maxmemory-policy",
        "noeviction",
    ]


def test_the_worker_may_finish_what_it_checks_before_it_is_killed(settings):
    grace = int(SERVICES["worker"]["stop_grace_period"].removesuffix("s"))
    assert grace > settings.CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT + 10


@pytest.mark.parametrize("service", ["web", "web2", "events"])
def test_a_web_service_names_an_application_that_exists(service):
    application, _interface = APPLICATIONS[SERVICES[service]["command"][3]]
    module, name = application.split(":")
    assert callable(getattr(importlib.import_module(module), name))


def test_a_web_service_has_time_to_say_that_it_ends():
    for name in ("web", "web2", "events"):
        grace = int(SERVICES[name]["stop_grace_period"].removesuffix("s"))
        assert grace > int(ENVIRONMENT["DRAIN_SECONDS"]) + 5 + 5


def test_every_variable_is_one_that_the_settings_read():
    others = ["portal/management/commands/run.py", "portal/serve.py"]
    files = [*(ROOT / "portal/settings").glob("*.py"), *(ROOT / name for name in others)]
    text = "".join(file.read_text() for file in files)
    read = set(re.findall(r'env\w*\(\s*"([A-Z_]+)"', text))
    assert set(ENVIRONMENT) - read == set()


def test_the_image_copies_what_the_program_needs():
    copied = {
        word
        for line in DOCKERFILE.splitlines()
        if line.startswith("COPY")
        for word in shlex.split(line)[1:-1]
    }
    assert copied == {
        "requirements.txt",
        "requirements-telemetry.txt",
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
    [volumes] = map(json.loads, re.findall(r"^VOLUME (.+)$", DOCKERFILE, re.M))
    assert "/data" in volumes
    [static] = re.findall(r"STATIC_DIR=(\S+)", DOCKERFILE)
    assert [volume for volume in volumes if Path(static).is_relative_to(volume)] == []


def test_no_secret_key_is_made_while_the_image_is_built():
    """Without ALLOWED_HOSTS the settings make a key in DATA_DIR;
    whoever has the image would have it too."""
    [build] = re.findall(r"^RUN useradd.*(?:\n &&.*)*", DOCKERFILE, re.M)
    assert "DATA_DIR=/tmp/building python manage.py collectstatic" in build
    assert "rm -r /tmp/building" in build


def test_numbers_are_served_beside_the_public_port_and_nowhere_else(settings):
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"proxy": ["80:80", "443:443"]}
    assert SERVICES["metrics"]["command"] == ["python", "manage.py", "metrics"]
    assert ENVIRONMENT["METRICS_ADDRESS"].endswith(":9100")
    assert "metrics" not in caddyfile()
