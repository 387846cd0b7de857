"""A line is one event, for machines or for a person."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

import pytest

from labs import request_id
from portal.operations.log_lines import JsonLines, PlainLines
from tests.portal.test_env import DEPLOYMENT, manage


def record(message: str, *args: object, **extra: object) -> logging.LogRecord:
    return logging.getLogger("labs.tasks").makeRecord(
        "labs.tasks", logging.WARNING, __file__, 1, message, args, None, extra=extra
    )


def test_a_line_for_machines_holds_all_that_was_said() -> None:
    with request_id.on_behalf_of("the-request"):
        line = json.loads(JsonLines().format(record("row %s\nwaits", 7, view="day", ms=1.5)))
    assert line.pop("time").endswith("+00:00")
    assert line.pop("process") > 0
    assert line == {
        "level": "WARNING",
        "logger": "labs.tasks",
        "message": "row 7\nwaits",
        "request_id": "the-request",
        "view": "day",
        "ms": 1.5,
    }


def test_it_is_one_line_and_objects_are_left_out() -> None:
    text = JsonLines().format(record("a\nb", request=object()))
    assert text.count("\n") == 0
    assert "request" not in json.loads(text)


def test_an_exception_is_a_part_of_the_line() -> None:
    try:
        raise ValueError("boom")
    except ValueError:
        failed = record("it failed")
        failed.exc_info = sys.exc_info()
    line = json.loads(JsonLines().format(failed))
    assert line["exception"].startswith("Traceback")
    assert line["exception"].endswith("ValueError: boom")


def test_a_line_for_a_person_has_the_id_where_there_is_a_request() -> None:
    assert PlainLines().format(record("row 7 waits")).endswith(" WARNING labs.tasks row 7 waits")
    with request_id.on_behalf_of("the-request"):
        words = PlainLines().format(record("row 7 waits"))
    assert words.endswith(" WARNING labs.tasks [the-request] row 7 waits")


def format_of(**environment: str) -> str:
    words = "from django.conf import settings; print(settings.LOGGING['handlers']['console'])"
    return manage("shell", "--no-imports", "-c", words, **environment).stdout


@pytest.mark.parametrize(
    ("environment", "kind"),
    [({}, "line"), (DEPLOYMENT, "json"), (DEPLOYMENT | {"LOG_FORMAT": "line"}, "line")],
    ids=["laptop", "deployment", "wish"],
)
def test_deployments_speak_to_machines(environment: dict[str, str], kind: str) -> None:
    assert f"'formatter': '{kind}'" in format_of(**environment)


CHILD = """
import logging, django; django.setup()
from labs import request_id
from labs.child import run_in_child
with request_id.on_behalf_of("the-request"):
    run_in_child(lambda: logging.getLogger("labs.grading").warning("from the child"), seconds=5)
"""


def test_a_check_that_says_something_says_it_for_its_request(tmp_path) -> None:
    import os

    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings", "LOG_FORMAT": "json", "DATA_DIR": str(tmp_path)
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", CHILD], env=environment, stderr=subprocess.PIPE, timeout=60
    )
    [line] = [json.loads(line) for line in done.stderr.splitlines() if b"from the child" in line]
    assert (line["request_id"], line["logger"]) == ("the-request", "labs.grading")
