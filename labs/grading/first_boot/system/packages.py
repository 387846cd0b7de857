"""The packages of the machine's repository, as far as a lab needs them, and the units in them.

*Amazon Linux 2023 User Guide*: dnf is the package manager, `yum` another name of it, and there is
no `amazon-linux-extras`. Its tutorial *Install a LAMP server on AL2023* names the packages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WEB_ROOT, NGINX_ROOT = "/var/www/html", "/usr/share/nginx/html"


@dataclass(frozen=True, slots=True)
class Package:
    """What it brings: units, directories and commands."""

    units: tuple[str, ...] = ()
    directories: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


ROOMS = ("/etc/httpd", "/etc/httpd/conf", "/etc/httpd/conf.d", "/var/log/httpd")
PACKAGES: Mapping[str, Package] = {
    "httpd": Package(
        ("httpd",), ("/var/www", "/var/www/cgi-bin", WEB_ROOT, *ROOMS), ("httpd", "apachectl")
    ),
    "nginx": Package(
        ("nginx",),
        ("/usr/share/nginx", NGINX_ROOT, "/etc/nginx", "/etc/nginx/conf.d", "/var/log/nginx"),
        ("nginx",),
    ),
    "mod_ssl": Package(),
    "php": Package(commands=("php",)),
    "php-cli": Package(commands=("php",)),
    "php-fpm": Package(("php-fpm",)),
    "php-mysqli": Package(),
    "php-mysqlnd": Package(),
    "php-json": Package(),
    "php-devel": Package(),
    "mariadb105": Package(commands=("mysql", "mariadb")),
    "mariadb105-server": Package(("mariadb",), commands=("mysql", "mariadb")),
    "docker": Package(("docker",), commands=("docker",)),
    "cronie": Package(("crond",), commands=("crontab",)),
    "amazon-efs-utils": Package(),
    "amazon-cloudwatch-agent": Package(("amazon-cloudwatch-agent",)),
    "git": Package(commands=("git",)),
    "htop": Package(commands=("htop",)),
    "jq": Package(commands=("jq",)),
    "nano": Package(commands=("nano",)),
    "python3-pip": Package(commands=("pip3",)),
    "telnet": Package(commands=("telnet",)),
    "tree": Package(commands=("tree",)),
    "unzip": Package(commands=("unzip",)),
    "wget": Package(commands=("wget",)),
}
# There from the beginning
GIVEN = ("sshd", "amazon-ssm-agent", "chronyd")
STOCK = ("bash", "curl", "python3", "sudo", "systemd", "tar", "which", "amazon-ssm-agent")
BROUGHT = {command for one in PACKAGES.values() for command in one.commands}
