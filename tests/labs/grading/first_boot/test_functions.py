"""Functions, what runs in the background, and commands that take something out of a text."""

from __future__ import annotations

import pytest

from labs.grading.first_boot.running.call import NotModelled
from tests.labs.grading.first_boot.scripts import (
    INDEX,
    SERVER,
    booted,
    page_of,
    said_by,
    statuses,
    troubles,
)

DOCUMENT = "http://169.254.169.254/latest/dynamic/instance-identity/document"
ASK = (
    "T=$(curl -sX PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "
    "http://169.254.169.254/latest/api/token)\n"
)


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ('say() { echo "$1 and $2"; }\nsay a b > %s', "a and b\n"),
        ("function say { echo $# \"$@\"; }\nsay a 'b c' > %s", "2 a b c\n"),
        ("say() {\n  local x=$1\n  return 3\n}\nsay a || echo $? > %s", "3\n"),
        ('say() { for one in "$@"; do echo $one; done; }\nsay a b | head -n 1 > %s', "a\n"),
        ("f() { echo f $1; }\ng() { f $1; echo $1; }\ng a > %s", "f a\na\n"),
        ("say() { echo ${1:-nobody}; }\nsay > %s", "nobody\n"),
        ("say() ( X=b; echo $X )\nX=a\nsay > %s\necho $X >> %s", "b\na\n"),
        ('echo $# "$1" > %s', "0 \n"),
    ],
)
def test_a_function_is_called_with_words_of_its_own(lines: str, shown: str) -> None:
    """Bash Reference Manual: Shell Functions; Special Parameters."""
    assert page_of(lines.replace("%s", INDEX)) == shown


def test_a_function_that_is_never_called_does_nothing() -> None:
    assert page_of(f"say() {{ echo a > {INDEX}; }}\necho b > {INDEX}\n") == "b\n"


def test_set_e_ends_in_a_function_as_elsewhere() -> None:
    assert "stopped" in troubles("set -e\nf() { false; }\nf\necho a\n")
    assert "stopped" not in troubles("set -e\nf() { false; true; }\nf || echo a\n")


def test_a_function_that_calls_itself_for_ever_is_given_up() -> None:
    assert "too-much" in troubles("f() { f; }\nf\n")


@pytest.mark.parametrize("start", ["", "nohup "])
def test_a_server_in_the_background_lets_the_script_go_on(start: str) -> None:
    lines = f"mkdir -p /site\ncd /site\n{start}python3 -m http.server 80 &\necho a > index.html\n"
    found = booted(lines)
    assert (found.ended, found.now["/"].text) == (True, "a\n")
    assert found.later["/"].status != 200
    assert [one.code for one in found.trace.troubles] == []


def test_whoever_waits_for_a_server_waits_for_ever() -> None:
    assert not booted("python3 -m http.server 80 &\nwait\n").ended
    assert booted("sleep 5 &\nwait\n").ended


def test_what_ends_at_some_time_in_the_background_is_not_judged() -> None:
    with pytest.raises(NotModelled, match="left to chance") as error:
        booted("dnf install -y httpd &\nsystemctl enable --now httpd\n")
    assert error.value.at == (2, 1 + len("dnf install -y httpd "))


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("echo a:b:c | cut -d: -f2", "b\n"),
        ("echo a:b:c | cut -d ':' -f 1,3", "a:c\n"),
        ("echo eu-west-1a | cut -c 1-9", "eu-west-1\n"),
        ("echo abc | cut -c2-", "bc\n"),
        ("ec2-metadata -z | cut -d ' ' -f 2", "eu-west-1a\n"),
        ("ec2-metadata -i | awk '{print $2}'", "i-0123456789abcdef0\n"),
        ("echo a:b | awk -F: '{print $NF, $1}'", "b a\n"),
        ("printf 'a 1\\nb 2\\n' | awk '/b/ { print $2 }'", "2\n"),
        ("printf 'a 1\\nb 2\\n' | grep b", "b 2\n"),
        ("printf 'a\\nb\\n' | grep -v a", "b\n"),
    ],
)
def test_parts_of_a_text_are_taken_out(command: str, shown: str) -> None:
    assert said_by(command) == shown


@pytest.mark.parametrize(
    ("path", "shown"),
    [("-r .region", "eu-west-1\n"), (".instanceType", '"t3.micro"\n'), ("-r .none", "null\n")],
)
def test_jq_reads_the_identity_document_once_it_is_installed(path: str, shown: str) -> None:
    """EC2 User Guide: Instance identity documents."""
    ask = f'curl -s -H "X-aws-ec2-metadata-token: $T" {DOCUMENT} | jq {path} > {INDEX}\n'
    assert page_of(f"dnf install -y jq\n{ASK}{ask}") == shown
    assert "no-command" in troubles(SERVER + ASK + ask)


@pytest.mark.parametrize(
    "line",
    ["echo a | awk 'BEGIN {x=1} {print x}'", "echo a | grep '^a'", "echo a | cut -f",
     "dnf install -y jq; echo {} | jq '.a | length'", "sed -i s/a/b/ /etc/hosts"],
)  # fmt: skip
def test_what_goes_beyond_is_a_limit_of_the_lab(line: str) -> None:
    with pytest.raises(NotModelled, match="no mistake of yours: your answer was not judged"):
        booted(line + "\n")


def test_a_file_that_is_not_there_is_the_commands_failure() -> None:
    assert statuses("cut -d: -f1 /none\n") == [1]
    assert troubles("grep a /none\n") == ["no-file"]


def test_return_outside_of_a_function_fails_and_the_script_goes_on() -> None:
    assert statuses("return 3\necho a\n") == [1, 0]
