"""What commands come to on Amazon Linux 2023, and what is said of those that are not modelled."""

from __future__ import annotations

import pytest

from labs.grading.first_boot.running.boot import NotModelled
from tests.labs.grading.first_boot.scripts import (
    INDEX,
    SERVER,
    booted,
    page_of,
    said_by,
    statuses,
    troubles,
)


@pytest.mark.parametrize(
    ("line", "status", "code"),
    [
        ("dnf install -y httpd", 0, None),
        ("yum -y install httpd git", 0, None),
        ("dnf install httpd --assumeyes", 0, None),
        ("sudo dnf install -y httpd", 0, "sudo"),
        ("dnf install httpd", 1, "asks"),
        ("dnf update", 1, "asks"),
        ("dnf install -y apache2", 1, "no-package"),
        ("dnf install -y httpd htpd", 1, "no-package"),
        ("dnf instal -y httpd", 1, "no-command"),
        ("dfn install -y httpd", 127, "no-command"),
        ("apt-get install -y apache2", 127, "elsewhere"),
        ("amazon-linux-extras install nginx1", 127, "elsewhere"),
        ("git clone x", 127, "no-command"),
        ("systemctl start httpd", 5, "no-unit"),
        ("systemctl enable httpd", 1, "no-unit"),
        ("systemctl strat sshd", 1, "no-command"),
        ("echo a > /var/www/html/index.html", 1, "no-directory"),
        ("echo a | tee /nowhere/a", 1, "no-directory"),
        ("cd /var/www/html", 1, "no-directory"),
        ("cat /nowhere", 1, "no-file"),
        ("cp /nowhere /root", 1, "no-file"),
        ("chown apache /root", 1, "no-user"),
        ("nano /root/a", 127, "no-command"),
        ("vi /root/a", 1, "wants-somebody"),
        ("mkdir -p /a/b/c", 0, None),
        ("systemctl daemon-reload", 0, None),
        ("systemctl is-active sshd", 0, None),
        ("systemctl is-active chronyd && test -f /nowhere", 1, None),
        ("[ -d /etc ] && [[ $HOSTNAME != a ]]", 0, None),
    ],
)
def test_a_command_ends_with_the_status_it_has(line: str, status: int, code: str | None) -> None:
    assert statuses(line + "\n")[-1] == status
    assert troubles(line + "\n") == ([code] if code else [])


def test_a_question_can_be_answered_by_a_pipe() -> None:
    assert statuses("yes | dnf install httpd\n") == [0, 0]
    assert statuses("echo n | dnf install httpd\n") == [0, 1]


def test_one_package_that_is_not_there_spoils_the_others() -> None:
    assert "httpd" not in booted("dnf install -y httpd apache2\n").machine.installed


def test_two_web_servers_do_not_share_a_port() -> None:
    lines = "dnf install -y httpd nginx\nsystemctl start httpd\nsystemctl start nginx\n"
    assert troubles(lines) == ["port-taken"]


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (f"echo a > {INDEX}\nchmod 600 {INDEX}\n", 403),
        (f"echo a > {INDEX}\nchmod 600 {INDEX}\nchown apache {INDEX}\n", 200),
        (f"echo a > {INDEX}\nchmod 700 /var/www/html\n", 403),
        (f"echo a > {INDEX}\nchmod go-rwx {INDEX}\nchmod o+r {INDEX}\n", 200),
        (f"mkdir {INDEX}\n", 403),
        (f"echo a > {INDEX}\nmv {INDEX} /var/www/html/home.html\n", 403),
        (f"echo a > /root/a\ncp /root/a {INDEX}\n", 200),
        (f"echo a > {INDEX}\nrm -rf /var/www/html/*\n", 403),
        ("", 403),
    ],
)
def test_the_server_shows_what_it_may_read(lines: str, status: int) -> None:
    assert booted(SERVER + lines).now["/"].status == status


def test_a_directory_is_not_a_page() -> None:
    lines = f"{SERVER}cd /var/www/html\nmkdir health\necho ok > health/index.html\necho ok > up\n"
    found = booted(lines, "#!/bin/bash\n", "/health", "/health/", "/up", "/up/")
    assert [one.status for one in found.now.values()] == [301, 200, 200, 404]


def test_output_goes_where_it_is_sent() -> None:
    lines = f"cat /nowhere /etc/os-release > {INDEX} 2>&1\n"
    assert "cat: /nowhere: No such file or directory\n" in page_of(lines)
    assert "Amazon Linux" in page_of(lines)
    assert page_of(f"cat /nowhere > {INDEX} 2> /dev/null\necho a >> {INDEX}\n") == "a\n"
    assert page_of(f"echo a | tee -a {INDEX} > /dev/null\n") == "a\n"
    assert page_of(f"{{ echo a; echo b; }} > {INDEX}\n") == "a\nb\n"


@pytest.mark.parametrize(
    ("command", "printed"),
    [
        ("curl -s localhost", "<h1>It works!</h1>"),
        ("ec2-metadata -i", "instance-id: i-0123456789abcdef0"),
        ("ec2-metadata --availability-zone", "placement: eu-west-1a"),
        ("hostname -s", "ip-10-0-1-17"),
        ("id -u", "0"),
        ("printf '%d%%' 5", "5%"),
        ("ls /var/www", "cgi-bin\nhtml"),
    ],
)
def test_commands_print(command: str, printed: str) -> None:
    lines = f"{SERVER}{command} > /root/a\ncp /root/a {INDEX}\n"
    assert booted(lines).now["/"].text.rstrip() == printed


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("wall hello", "does not know the command “wall”"),
        ("curl https://example.com", "no Internet in this lab"),
        ("curl --data x localhost", "does not model “--data” of curl"),
        ("python3 app.py", "does not model “app.py” of python3"),
        ("systemctl mask httpd", "does not model “mask” of systemctl"),
        ("[ a -nt b ]", "does not model “a -nt b” of ["),
    ],
)
def test_what_is_not_modelled_is_said(line: str, words: str) -> None:
    with pytest.raises(NotModelled) as error:
        booted("echo a\n" + line + "\n")
    assert words in error.value.message
    assert error.value.at == (3, 1)


def test_a_question_to_the_metadata_service_needs_a_token() -> None:
    """Use the Instance Metadata Service to access instance metadata (EC2 User Guide)."""
    address = "http://169.254.169.254/latest"
    get = f'TOKEN=$(curl -sX PUT "{address}/api/token" -H "{{}}")\n'
    ask = f'curl -s -H "X-aws-ec2-metadata-token: $TOKEN" {address}/meta-data/instance-id'
    good = get.format("X-aws-ec2-metadata-token-ttl-seconds: 21600")
    assert page_of(f"{good}{ask} > {INDEX}\n") == "i-0123456789abcdef0"
    for bad in (
        "",
        get.format("X-aws-ec2-metadata-token-ttl-seconds: 21601"),
        get.format("X-other: 1"),
    ):
        assert "401 - Unauthorized" in page_of(f"{bad}{ask} > {INDEX}\n")
        assert "no-token" in troubles(f"{bad}{ask}\n")


def test_an_error_page_is_an_answer_unless_curl_is_told_to_fail() -> None:
    address = "http://169.254.169.254/latest/meta-data/"
    assert statuses(f"curl -s {address}\ncurl -sf {address}\n") == [0, 22]
    assert "401" in said_by(f"curl -s {address}")
