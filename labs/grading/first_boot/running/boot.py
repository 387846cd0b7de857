"""The first boot: cloud-init takes the user data, runs it if it is a script, and the machine goes
on. Then a reboot.

*Run commands when you launch an EC2 instance with user data input* (EC2 User Guide): the script
begins with `#!`, runs as root, without anybody who could answer, at the first boot only.
cloud-init, `handlers/`: what begins with `#!` is a script, blanks before it notwithstanding;
Windows' line ends are replaced; the file is then executed, which fails where `#!` is not its very
beginning ("Exec format error. Missing #! in script?").
"""

from __future__ import annotations

from dataclasses import dataclass, field

from labs.grading.errors import Position
from labs.grading.first_boot.running.call import Environment, Hanging, Leaving, NotModelled
from labs.grading.first_boot.running.shell import Shell
from labs.grading.first_boot.running.trace import Trace
from labs.grading.first_boot.shell.script import Script
from labs.grading.first_boot.system.files import Full
from labs.grading.first_boot.system.identity import Identity
from labs.grading.first_boot.system.machine import Machine
from labs.grading.first_boot.system.web import Answer, get

SHELLS = {"/bin/bash", "/bin/sh", "/usr/bin/bash", "/usr/bin/sh"}
ENV = "/usr/bin/env"


@dataclass(slots=True)
class Boot:
    """What became of it. `ran`: did the script run at all; `ended`: did it come to an end, or is
    it still running (or did the model give up)? `now` and `later`: answers by path, after the first
    boot and after a reboot."""

    machine: Machine
    trace: Trace
    ran: bool
    ended: bool = True
    now: dict[str, Answer] = field(default_factory=dict)
    later: dict[str, Answer] = field(default_factory=dict)
    server: str = ""  # what listened on port 80 after the first boot
    enabled: frozenset[str] = frozenset()


def boot(script: Script, identity: Identity, paths: tuple[str, ...]) -> Boot:
    """NotModelled: this machine cannot say what becomes of it."""
    machine, trace = Machine(identity), Trace()
    found = Boot(machine, trace, ran=not refused_start(script, trace))
    if found.ran:
        found.ended = run(script, machine, trace)
    found.now = {path: get(machine, path) for path in paths}
    found.server = machine.server
    found.enabled = frozenset(machine.enabled)
    machine.reboot()
    found.later = {path: get(machine, path) for path in paths}
    return found


def refused_start(script: Script, trace: Trace) -> bool:
    """Is it no script to cloud-init, or one without a shell that is there?"""
    at: Position = (script.late or 1, 1)
    if not script.interpreter:
        trace.trouble("shebang-late" if script.late else "no-shebang", at)
        return True
    first, *rest = script.interpreter
    if first == ENV and rest and rest[0] in ("bash", "sh"):
        return False
    if first not in SHELLS:
        trace.trouble("no-interpreter", at, name=first)
        return True
    return False


def run(script: Script, machine: Machine, trace: Trace) -> bool:
    """Did it come to an end?"""
    options = "".join(one[1:] for one in script.interpreter[1:] if one.startswith("-"))
    environment = Environment(
        {"HOSTNAME": machine.identity.host_name, "PWD": "/", "UID": "0", "EUID": "0"},
        errexit="e" in options,
        nounset="u" in options,
    )
    shell = Shell(machine, trace, environment)
    try:
        shell.block(script.body, None, guarded=False)
    except Leaving:
        return True
    except Hanging:
        return False
    except Full:
        trace.trouble("too-much", (trace.rows[-1].line if trace.rows else 1, 1))
        return False
    return True


def rehearse(script: Script, identity: Identity) -> None:
    """NotModelled, where the machine meets something that it does not know."""
    boot(script, identity, ())


__all__ = ["Boot", "NotModelled", "boot", "rehearse"]
