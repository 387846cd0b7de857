from __future__ import annotations

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import advice, grade, read_answer
from labs.grading.kinds import KINDS
from labs.grading.report import Finding, Report
from tests.labs.grading.first_boot.scripts import INDEX, SERVER

KIND = KINDS["user-data"]
MACHINES = [
    {"name": "web-1", "instance_id": f"i-{1:017}", "zone": "eu-west-1a", "address": "10.0.1.9"},
    {"name": "web-2", "instance_id": f"i-{2:017}", "zone": "eu-west-1b", "address": "10.0.2.9"},
]
PAGE = {"path": "/", "shows": ["host name"], "holds": ["hello"]}
SPEC = {"machines": MACHINES, "pages": [PAGE], "packages": ["httpd"], "listens": 1, "ends": 1}
WRITE = f'echo "Hello from $(hostname -f)" > {INDEX}\n'
RIGHT = "#!/bin/bash\n" + SERVER + WRITE
TOKEN = (
    'T=$(curl -sX PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" '
    "http://169.254.169.254/latest/api/token)\n"
)


def report(text: str, **changes: object) -> Report:
    return grade(KIND, table=SPEC | changes, files={}, text=text)


def failed(text: str, **changes: object) -> dict[str, Finding]:
    return {one.code: one for one in report(text, **changes).findings if not one.passed}


def test_a_server_that_says_its_name_and_stays_is_right() -> None:
    assert failed(RIGHT) == {}
    assert report(RIGHT).percent == 100


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (RIGHT.replace("#!/bin/bash\n", ""), "userdata.no-shebang", 1),
        ("\n" + RIGHT, "userdata.shebang-late", 2),
        (RIGHT.replace("/bin/bash", "/bin/zsh"), "userdata.no-interpreter", 1),
        (RIGHT.replace(" -y", ""), "userdata.asks", 2),
        (RIGHT.replace("dnf", "apt"), "userdata.elsewhere", 2),
        (RIGHT.replace("httpd", "apache2"), "userdata.no-package", 2),
        (RIGHT.replace("dnf", "dfn"), "userdata.no-command", 2),
        (RIGHT.replace("--now httpd", "--now http"), "userdata.no-unit", 3),
        (RIGHT.replace("--now ", ""), "userdata.not-started", None),
        (RIGHT.replace("enable --now", "start"), "userdata.not-enabled", None),
        (RIGHT.replace('"', "'"), "userdata.literal", 4),
        (RIGHT.replace("$(hostname -f)", "ip-10-0-1-9.eu-west-1.compute.internal"),
         "userdata.hard-coded", 4),
        (RIGHT.replace("Hello", "Bye"), "userdata.page-lacks", 4),
        (RIGHT.replace("$(hostname -f)", "me"), "userdata.page-lacks", 4),
        ("#!/bin/bash\n" + WRITE + SERVER, "userdata.no-directory", 2),
        (RIGHT.replace(INDEX, "index.html"), "userdata.relative-path", 4),
        (RIGHT.replace(INDEX, "/var/www/index.html"), "userdata.wrong-root", 4),
        (RIGHT.replace(INDEX, "~/index.html"), "userdata.wrong-root", 4),
        (RIGHT.replace("--now", "now"), "userdata.no-unit", 3),
        ("#!/bin/bash\n" + SERVER, "userdata.no-page", None),
        (RIGHT + f"chmod 600 {INDEX}\n", "userdata.unreadable", 4),
        ("#!/bin/bash\n" + SERVER + "tail -f /x\n" + WRITE, "userdata.never-ends", 4),
        ("#!/bin/bash -e\n" + WRITE + SERVER, "userdata.stopped", 2),
        ("#!/bin/bash\nfalse && " + SERVER + WRITE, "userdata.skipped", 2),
        ("#!/bin/bash\nexit\n" + SERVER + WRITE, "userdata.exit", 2),
        ("#!/bin/bash\nset -u\necho $A\n" + SERVER + WRITE, "userdata.unbound", 3),
        ("#!/bin/bash\n" + WRITE, "userdata.no-server", None),
        ("#!/bin/bash\n" + SERVER + f'N = $(hostname)\necho "hello $N" > {INDEX}\n',
         "userdata.no-command", 4),
        ("#!/bin/bash\ndnf install -y nginx\nnginx\n" + SERVER + WRITE, "userdata.port-taken", 5),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_what_to_do(
    text: str, code: str, line: int | None
) -> None:
    found = failed(text)[code]
    assert found.line == line
    assert found.cure
    assert found.section == KIND.CODES[code].section
    assert report(text).percent < 100


def test_the_cure_of_a_page_out_of_sight_names_the_place_of_the_server_that_runs() -> None:
    two = "dnf install -y nginx httpd\nsystemctl enable --now nginx\n"
    nginx = "#!/bin/bash\n" + two + WRITE
    assert "/usr/share/nginx/html/index.html" in failed(nginx)["userdata.wrong-root"].cure
    both = "#!/bin/bash\n" + two + "systemctl enable --now httpd\n" + WRITE
    assert failed(both)["userdata.port-taken"].points


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (RIGHT.replace("dnf", "sudo dnf"), "userdata.sudo"),
        (RIGHT + "dnf update\n", "userdata.asks"),
        (RIGHT + "nano /x\n", "userdata.no-command"),
    ],
)
def test_what_spoils_nothing_is_only_said(text: str, code: str) -> None:
    assert report(text).percent == 100
    assert failed(text)[code].points == 0


def test_a_page_made_of_an_error_is_told_from_one_without_a_name() -> None:
    page = {"path": "/", "shows": ["instance id"]}
    ask = f"curl -s http://169.254.169.254/latest/meta-data/instance-id > {INDEX}\n"
    good = ask.replace("-s", '-sH "X-aws-ec2-metadata-token: $T"')
    assert "userdata.no-token" in failed("#!/bin/bash\n" + SERVER + ask, pages=[page])
    assert failed("#!/bin/bash\n" + SERVER + TOKEN + good, pages=[page]) == {}
    other = good.replace("instance-id", "instance")
    assert "userdata.no-metadata" in failed("#!/bin/bash\n" + SERVER + TOKEN + other, pages=[page])


def test_a_directory_is_no_answer_to_a_health_check() -> None:
    page = {"path": "/health"}
    text = "#!/bin/bash\n" + SERVER + "mkdir /var/www/html/health\n"
    assert "userdata.redirected" in failed(text, pages=[page])


def test_a_page_of_the_servers_own_is_not_taken_for_one_that_lacks_something() -> None:
    nginx = "#!/bin/bash\ndnf install -y nginx\nsystemctl enable --now nginx\n" + WRITE
    assert "userdata.no-directory" in failed(nginx, packages=[])


def test_a_page_in_its_place_is_no_reason_for_another_that_is_missing() -> None:
    found = failed(RIGHT, pages=[PAGE, {"path": "/health"}])
    assert list(found) == ["userdata.no-page"]


def test_a_missing_package_is_told() -> None:
    assert "userdata.not-installed" in failed(RIGHT, packages=["httpd", "git"])


def test_more_than_16_kb_are_not_launched() -> None:
    """Run commands when you launch an EC2 instance: 16 KB, in raw form."""
    long = RIGHT + ("# " + "x" * 98 + "\n") * 170
    assert len(long) > 16_384
    assert report(long).refused
    assert failed(long)["userdata.too-large"].cure
    assert report(RIGHT + "# " + "x" * 1000 + "\n").percent == 100


def test_windows_line_ends_do_no_harm() -> None:
    assert report(RIGHT.replace("\n", "\r\n")).percent == 100


@pytest.mark.parametrize(
    ("text", "line"),
    [(RIGHT + "wall hi\n", 5), ("#!/bin/bash\nmount -a\n", 2), ("while a; do b; done", 1)],
)
def test_what_is_not_modelled_costs_no_attempt(text: str, line: int) -> None:
    with pytest.raises(AnswerError) as error:
        read_answer(KIND, text)
    assert error.value.line == line


def test_every_line_of_the_first_boot_is_shown() -> None:
    (first, second) = report(RIGHT).extra["launches"]
    assert [row[:3] for row in first["rows"]][:2] == [
        [2, "dnf install -y httpd", 0],
        [3, "systemctl enable --now httpd", 0],
    ]
    assert first["pages"][0]["text"] == "Hello from ip-10-0-1-9.eu-west-1.compute.internal"
    assert second["pages"][0]["text"] == "Hello from ip-10-0-2-9.eu-west-1.compute.internal"
    assert [row.yours for row in report(RIGHT).outcomes[:2]] == ["200", "200"]


def test_advice_says_what_the_text_alone_shows() -> None:
    text = "sudo dnf install httpd\n"
    told = advice(KIND, table=SPEC, files={}, text="#!/bin/bash\n" + text)
    assert [one.code for one in told] == ["userdata.sudo", "userdata.asks"]
    assert not any(one.points for one in told)
    assert advice(KIND, table=SPEC | {"advice": False}, files={}, text=text) == []


def test_the_same_script_gives_the_same_report() -> None:
    assert report(RIGHT).as_json() == report(RIGHT).as_json()


@pytest.mark.parametrize(
    "changes",
    [
        {"machines": []},
        {"machines": [MACHINES[0], MACHINES[0]]},
        {"machines": [MACHINES[0] | {"zone": "eu-west-1"}]},
        {"pages": [{"path": "x"}]},
        {"pages": [{"path": "/", "shows": ["weather"]}]},
        {"pages": [], "packages": [], "listens": 0, "ends": 0},
        {"packages": ["apache2"]},
        {"nonsense": 1},
    ],
)
def test_a_spec_that_makes_no_sense_is_the_labs_fault(changes: dict) -> None:
    with pytest.raises(SpecError):
        KIND.read_spec(SPEC | changes, {})


def test_every_code_is_explained() -> None:
    for code in KIND.CODES.values():
        assert code.title
        assert code.explanation
