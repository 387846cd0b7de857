"""Run commands when you launch an EC2 instance with user data input (EC2 User Guide); cloud-init's
handlers for what begins with `#!`."""

from __future__ import annotations

import pytest

from tests.labs.grading.first_boot.scripts import (
    DOCUMENTED,
    INDEX,
    NAME,
    SERVER,
    booted,
    statuses,
    troubles,
)

PAGE = f"echo hello > {INDEX}\n"


def test_the_documented_script_makes_a_web_server_that_stays() -> None:
    found = booted(DOCUMENTED, "", "/", "/phpinfo.php")
    assert {row.status for row in found.trace.rows} == {0}
    assert found.now["/phpinfo.php"].status == found.later["/phpinfo.php"].status == 200
    assert (found.now["/"].status, found.now["/"].text) == (403, "<h1>It works!</h1>\n")
    assert found.trace.troubles == []


@pytest.mark.parametrize(
    ("first_line", "code"),
    [
        ("", "no-shebang"),
        ("\n#!/bin/bash\n", "shebang-late"),
        ("# a comment\n#!/bin/bash\n", "shebang-late"),
        ("#!/bin/zsh\n", "no-interpreter"),
        ("#!bin/bash\n", "no-interpreter"),
    ],
)
def test_nothing_runs_without_a_shell_in_line_1(first_line: str, code: str) -> None:
    found = booted(SERVER + PAGE, first_line)
    assert not found.ran
    assert found.trace.rows == []
    assert found.now["/"].status == 0
    assert [one.code for one in found.trace.troubles] == [code]


@pytest.mark.parametrize("first_line", ["#!/bin/sh\n", "#! /bin/bash\n", "#!/usr/bin/env bash\n"])
def test_other_names_of_the_shell_do(first_line: str) -> None:
    assert booted(SERVER + PAGE, first_line).now["/"].status == 200


@pytest.mark.parametrize(
    ("lines", "now", "later"),
    [
        ("systemctl start httpd\n", 200, 0),
        ("systemctl enable httpd\n", 0, 200),
        ("systemctl enable --now httpd\n", 200, 200),
        ("systemctl start httpd\nsystemctl enable httpd\nsystemctl disable httpd\n", 200, 0),
        ("systemctl enable --now httpd\nsystemctl stop httpd\n", 0, 200),
        ("service httpd start\n", 200, 0),
        ("httpd\n", 200, 0),
        ("httpd -DFOREGROUND\n", 200, 0),
        ("", 0, 0),
    ],
)
def test_start_is_for_now_and_enable_for_later(lines: str, now: int, later: int) -> None:
    found = booted("dnf install -y httpd\n" + PAGE + lines)
    assert (found.now["/"].status, found.later["/"].status) == (now, later)


@pytest.mark.parametrize("line", ["httpd -DFOREGROUND", "python3 -m http.server", "tail -f /x",
                                  "sleep infinity", "python3 -m http.server 80"])  # fmt: skip
def test_a_command_that_never_ends_holds_up_the_rest(line: str) -> None:
    found = booted(f"dnf install -y httpd\n{line}\necho after\n")
    assert not found.ended
    assert [row.status for row in found.trace.rows] == [0, None]
    assert [one.code for one in found.trace.troubles] == ["never-ends"]


def test_the_script_runs_in_the_root_directory_as_root() -> None:
    found = booted("whoami > a\npwd >> a\n")
    assert found.machine.files.read("/a") == "root\n/\n"


def test_a_line_that_fails_does_not_end_a_script() -> None:
    assert statuses("false\necho a\n") == [1, 0]


@pytest.mark.parametrize(
    ("lines", "ends"),
    [
        ("false\necho a\n", True),
        ("false && true\necho a\n", False),
        ("true && false\necho a\n", True),
        ("false || true\necho a\n", False),
        ("! true\necho a\n", False),
        ("if false; then echo b; fi\necho a\n", False),
        ("echo $(false)\necho a\n", False),
        ("A=$(false)\necho a\n", True),
        ("false | true\necho a\n", False),
        ("set -o pipefail\nfalse | true\necho a\n", True),
        ("set +e\nfalse\necho a\n", False),
        ("for i in 1; do false; done\necho a\n", True),
    ],
)
def test_set_e_ends_at_the_first_failure_that_nothing_expects(lines: str, ends: bool) -> None:
    for found in (booted("set -e\n" + lines), booted(lines, "#!/bin/bash -e\n")):
        assert (found.trace.rows[-1].command != "echo a") == ends
        assert ("stopped" in [one.code for one in found.trace.troubles]) == ends


def test_a_chain_ends_where_a_part_of_it_fails() -> None:
    assert troubles("false && echo a && echo b\n") == ["skipped", "skipped"]
    assert troubles("true || echo a\n") == []


def test_exit_leaves_the_script_and_only_the_inner_shell_of_brackets() -> None:
    assert [row.command for row in booted("exit 3\necho a\n").trace.rows] == []
    assert booted("(exit 3)\necho $? > /x\n").machine.files.read("/x") == "3\n"


def test_a_shell_in_brackets_keeps_its_variables_to_itself() -> None:
    found = booted("A=1\n(A=2; cd /etc)\n{ B=3; }\necho $A $B $(pwd) > /x\n")
    assert found.machine.files.read("/x") == "1 3 /\n"


def test_files_in_memory_are_gone_after_a_reboot() -> None:
    files = booted("echo a > /tmp/a\necho b > /root/b\n").machine.files
    assert not files.is_file("/tmp/a")
    assert files.is_file("/root/b")


@pytest.mark.parametrize(
    "lines",
    [
        "for a in 1 2 3 4 5 6 7 8 9; do for b in 1 2 3 4 5 6 7 8 9; do for c in 1 2 3 4 5 6 7 8 9;"
        " do echo $a; done; done; done\n",
        "A=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n" + "A=$A$A$A$A\n" * 12,
        "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do cat /a >> /b; cat /b >> /a; echo x >> /a; "
        "done\n" * 3,
    ],
)
def test_a_script_that_goes_on_and_on_is_given_up(lines: str) -> None:
    found = booted(lines)
    assert not found.ended
    assert [one.code for one in found.trace.troubles if one.code == "too-much"] == ["too-much"]


def test_the_machine_knows_its_name() -> None:
    found = booted(f"{SERVER}hostname -f > {INDEX}\n")
    assert found.now["/"].text == NAME + "\n"
