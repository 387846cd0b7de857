"""Scripts and machines that the tests of user data share."""

from __future__ import annotations

from labs.grading.first_boot.running.boot import Boot, boot
from labs.grading.first_boot.shell.reading import read_script
from labs.grading.first_boot.system.identity import STOCK_IDENTITY

INDEX = "/var/www/html/index.html"
NAME = STOCK_IDENTITY.host_name
SERVER = "dnf install -y httpd\nsystemctl enable --now httpd\n"
# EC2 User Guide: Run commands when you launch an EC2 instance with user data input
DOCUMENTED = """#!/bin/bash
yum update -y
yum install -y httpd wget php-fpm php-mysqli php-json php php-devel mariadb105-server
systemctl start httpd
systemctl enable httpd
usermod -a -G apache ec2-user
chown -R ec2-user:apache /var/www
chmod 2775 /var/www
find /var/www -type d -exec chmod 2775 {} \\;
find /var/www -type f -exec chmod 0664 {} \\;
echo "<?php phpinfo(); ?>" > /var/www/html/phpinfo.php
"""


def booted(lines: str, first_line: str = "#!/bin/bash\n", *paths: str) -> Boot:
    return boot(read_script(first_line + lines), STOCK_IDENTITY, paths or ("/",))


def page_of(lines: str) -> str:
    """What `/` says after a script that also has a web server."""
    return booted(SERVER + lines).now["/"].text


def said_by(command: str) -> str:
    """What a command prints."""
    return page_of(f"{command} > {INDEX}\n")


def statuses(lines: str) -> list[int | None]:
    return [row.status for row in booted(lines).trace.rows]


def troubles(lines: str, first_line: str = "#!/bin/bash\n") -> list[str]:
    return [one.code for one in booted(lines, first_line).trace.troubles]
