"""Errors and traces go where the environment says, and nothing is loaded where it says nothing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.portal.test_env import manage

LOADED = (
    "import sys; from portal.wsgi import application; "
    "print(sorted(set(sys.modules) & {'sentry_sdk', 'opentelemetry.exporter.otlp'}))"
)
DSN, ENDPOINT = "http://key@127.0.0.1:9/1", "http://127.0.0.1:9"


def python(words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings"} | environment
    return subprocess.run(
        [sys.executable, "-c", words], env=given, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    ("environment", "loaded"),
    [
        ({}, "[]"),
        ({"SENTRY_DSN": DSN}, "['sentry_sdk']"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ENDPOINT}, "['opentelemetry.exporter.otlp']"),
    ],
    ids=["neither", "errors", "traces"],
)
def test_only_what_is_wanted_is_loaded(environment, loaded: str, tmp_path) -> None:
    done = python(LOADED, DATA_DIR=str(tmp_path), **environment)
    assert done.stdout.strip() == loaded, done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "module"),
    [
        ("SENTRY_DSN", DSN, "sentry_sdk"),
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            ENDPOINT,
            "opentelemetry.exporter.otlp.proto.http",
        ),
    ],
)
def test_a_library_that_is_missing_stops_the_start_with_what_to_install(
    variable: str, value: str, module: str, tmp_path
) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    # As on a machine that has no such library: whoever looks for it is told so.
    (hidden / "sitecustomize.py").write_text(
        "import sys\n"
        "class Nothing:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name.partition('.')[0] in ('sentry_sdk', 'opentelemetry'):\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Nothing())\n"
    )
    given = {"DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": str(hidden)}
    assert manage("check", **given).returncode == 0
    answer = manage("check", **given, **{variable: value})
    assert answer.returncode == 1
    assert f"{variable} is set, but {module} is not installed: pip install" in answer.stderr
    assert "requirements-telemetry.txt" in answer.stderr
    assert "Traceback" not in answer.stderr
