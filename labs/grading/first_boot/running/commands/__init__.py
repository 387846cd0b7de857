"""The commands that the machine knows, and what it says to others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache

from labs.grading.first_boot.running.call import Call, NotModelled, Result
from labs.grading.first_boot.running.commands.cutting import CUTTING_COMMANDS
from labs.grading.first_boot.running.commands.dnf import dnf
from labs.grading.first_boot.running.commands.files import FILE_COMMANDS
from labs.grading.first_boot.running.commands.metadata import METADATA_COMMANDS
from labs.grading.first_boot.running.commands.servers import SERVER_COMMANDS
from labs.grading.first_boot.running.commands.shell_words import SHELL_COMMANDS
from labs.grading.first_boot.running.commands.systemctl import service, systemctl
from labs.grading.first_boot.running.commands.text import TEXT_COMMANDS
from labs.grading.first_boot.shell.source import limit
from labs.grading.first_boot.system.files import BIN
from labs.grading.first_boot.system.packages import BROUGHT
from labs.grading.said import say

NOT_FOUND = 127
# Of other systems: Debian's, Alpine's, Amazon Linux 2's, and firewalls that are not installed
ELSEWHERE = {
    "apt": "dnf", "apt-get": "dnf", "aptitude": "dnf", "dpkg": "dnf", "apk": "dnf",
    "pacman": "dnf", "zypper": "dnf", "brew": "dnf", "amazon-linux-extras": "dnf",
    "update-rc.d": "systemctl enable", "a2ensite": "", "a2enmod": "", "ufw": "",
    "firewall-cmd": "", "iptables": "",
}  # fmt: skip


def sudo(call: Call) -> Result:
    """Root asks root: for nothing, but no fault."""
    call.trouble("sudo")
    rest = list(call.arguments)
    while rest and rest[0] in ("-E", "-n", "-H", "-i", "--"):
        rest.pop(0)
    if not rest or (rest[0] in ("su", "bash") and len(rest) < 3):
        return Result()  # a shell with nothing to read ends at once
    if rest[0].startswith("-"):
        raise call.not_modelled(rest[0])
    return run_command(replace(call, name=rest[0], arguments=rest[1:]))


def nohup(call: Call) -> Result:
    """`nohup command`, `setsid command`: the same command."""
    if not call.arguments or call.arguments[0].startswith("-"):
        raise call.not_modelled(" ".join(call.arguments)[:60])
    return run_command(replace(call, name=call.arguments[0], arguments=call.arguments[1:]))


COMMANDS: Mapping[str, Callable[[Call], Result]] = {
    **SHELL_COMMANDS,
    **TEXT_COMMANDS,
    **CUTTING_COMMANDS,
    **FILE_COMMANDS,
    **METADATA_COMMANDS,
    **SERVER_COMMANDS,
    "dnf": dnf,
    "yum": dnf,
    "systemctl": systemctl,
    "service": service,
    "sudo": sudo,
    "nohup": nohup,
    "setsid": nohup,
}


def run_command(call: Call) -> Result:
    name = call.name
    room, _slash, last = name.rpartition("/")
    if room in BIN:
        name = last
    if name in BROUGHT and not call.machine.has_command(name):
        return not_found(call, "no-command")
    if name in COMMANDS:
        return COMMANDS[name](replace(call, name=name))
    if name in ELSEWHERE:
        return not_found(call, "elsewhere", instead=ELSEWHERE[name])
    if call.arguments and call.arguments[0].startswith("="):  # a blank makes a command of the name
        return not_found(call, "no-command", near=f"{name}=…")
    if near := meant_by(name[:30]):
        return not_found(call, "no-command", near=near)
    words = say(
        "This machine does not know the command “{name}”. It knows: {commands}.",
        name=name[:40],
        commands="dnf, systemctl, echo, cat, tee, printf, curl, hostname, mkdir, cp, mv, rm, chmod",
    )
    raise NotModelled(limit(words), call.at)


@lru_cache(maxsize=1000)
def meant_by(name: str) -> str:
    """The command that was mistyped; empty if it is like none."""
    if len(name) < 3:
        return ""
    turned = [one for one in COMMANDS if sorted(one) == sorted(name)]
    return next(iter([*turned, *get_close_matches(name, COMMANDS, n=1, cutoff=0.75)]), "")


def not_found(call: Call, code: str, **facts: str) -> Result:
    call.trouble(code, name=call.name, **facts)
    return Result(NOT_FOUND, err=f"{call.name}: command not found\n")
