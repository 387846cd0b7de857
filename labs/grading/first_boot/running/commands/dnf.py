"""dnf, which `yum` is another name of. *AL2023 User Guide: Package management tool*.

Without `-y` it asks, and at boot nobody answers: what it reads is empty, and it says "Operation
aborted." One package that is not there makes the whole command fail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from labs.grading.first_boot.running.call import Call, Result
from labs.grading.first_boot.system.packages import PACKAGES, STOCK

YES = {"-y", "--assumeyes", "-yq", "-qy"}
QUIET = {"-q", "--quiet", "-v", "--verbose", "--refresh", "--allowerasing", "--nogpgcheck"}
UPDATES = ("update", "upgrade", "upgrade-minimal", "update-minimal", "distro-sync")
READS = {"check-update": 100, "list": 0, "repolist": 0, "info": 0, "search": 0, "clean": 0}
READS |= {"makecache": 0, "autoremove": 0}
OTHER_NAMES = {
    "apache2": "httpd", "apache": "httpd", "httpd2": "httpd", "mysql": "mariadb105",
    "mysql-server": "mariadb105-server", "docker.io": "docker", "docker-ce": "docker",
    "cron": "cronie", "nfs-common": "amazon-efs-utils",
}  # fmt: skip


def dnf(call: Call) -> Result:
    options, rest = call.split()
    for one in options:
        if one not in YES | QUIET and not one.startswith(("--releasever=", "--setopt=")):
            return call.failed(f"error: unrecognized arguments: {one}", 2)
    if not rest:
        return Result(1, err="usage: dnf [options] COMMAND\n")
    verb, *names = rest
    answered = (call.standard_input or "").strip().lower().startswith("y")
    if verb in VERBS:
        return VERBS[verb](call, names, answered or not YES.isdisjoint(options))
    return Result(READS[verb]) if verb in READS else unknown(call, verb)


def unknown(call: Call, verb: str) -> Result:
    near = get_close_matches(verb, VERBS, n=1)
    if not near:
        raise call.not_modelled(verb)
    call.trouble("no-command", name=f"dnf {verb}", near=near[0])
    return Result(1, err=f"No such command: {verb}.\n")


def install(call: Call, names: list[str], yes: bool) -> Result:
    if not names:
        return call.failed("argument PACKAGE: required", 2)
    for name in names:
        if name not in PACKAGES and name not in STOCK:
            near = OTHER_NAMES.get(name) or next(
                iter(get_close_matches(name, PACKAGES, n=1, cutoff=0.75)), ""
            )
            call.trouble("no-package", name=name, near=near)
            words = f"No match for argument: {name}\nError: Unable to find a match: {name}\n"
            return Result(1, err=words)
    if all(name in call.machine.installed for name in names):
        return Result(out="Nothing to do.\nComplete!\n")
    if not yes:
        call.trouble("asks", name=" ".join(["install", *names]))
        return aborted()
    for name in names:
        call.machine.install(name)
    return Result(out=f"Installed: {', '.join(names)}\nComplete!\n")


def update(call: Call, names: list[str], yes: bool) -> Result:
    """Updates of the system wait; of a package that is not installed there is none."""
    for name in names:
        if name not in call.machine.installed:
            call.trouble("no-package", name=name, near="")
            return Result(1, err=f"No match for argument: {name}\nError: No packages marked.\n")
    if not yes:
        call.trouble("asks", name="update")
        return aborted()
    return Result(out="Complete!\n")


def remove(call: Call, names: list[str], yes: bool) -> Result:
    found = [one for one in names if one in call.machine.installed and one in PACKAGES]
    if not found:
        return Result(out="No packages marked for removal.\n")
    if not yes:
        call.trouble("asks", name="remove")
        return aborted()
    for name in found:
        call.machine.remove(name)
    return Result(out="Complete!\n")


def aborted() -> Result:
    return Result(1, out="Is this ok [y/N]: Operation aborted.\n")


VERBS: Mapping[str, Callable[[Call, list[str], bool], Result]] = {
    **dict.fromkeys(("install", "in", "reinstall"), install),
    **dict.fromkeys(UPDATES, update),
    **dict.fromkeys(("remove", "erase"), remove),
}
