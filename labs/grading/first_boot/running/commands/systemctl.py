"""systemd's units. *systemctl(1)*: `start` is for now, `enable` for every boot from the next one
on, `enable --now` is both."""

from __future__ import annotations

from difflib import get_close_matches

from labs.grading.first_boot.running.call import Call, Result

QUIET = {"--now", "-q", "--quiet", "--no-pager", "-f", "--force", "--system", "--no-block"}
STARTS = {"start", "restart", "reload-or-restart", "try-restart", "reload"}
VERBS = {*STARTS, "stop", "enable", "disable", "is-active", "is-enabled", "status"}
NO_UNIT, INACTIVE = 5, 3


def systemctl(call: Call) -> Result:
    options, rest = call.split()
    for one in options:
        if one not in QUIET:
            raise call.not_modelled(one)
    if not rest or rest[0] in ("daemon-reload", "daemon-reexec", "reset-failed", "list-units"):
        return Result()
    verb, *names = rest
    if verb not in VERBS:
        near = get_close_matches(verb, VERBS, n=1, cutoff=0.7)
        if not near:
            raise call.not_modelled(verb)
        call.trouble("no-command", name=f"systemctl {verb}", near=near[0])
        return Result(1, err=f"Unknown command verb {verb}.\n")
    if not names:
        return Result(1, err="Too few arguments.\n")
    return on_each(call, verb, names, now="--now" in options)


def on_each(call: Call, verb: str, names: list[str], *, now: bool) -> Result:
    out, err, status = "", "", 0
    for name in names:
        result = on_unit(call, verb, name.removesuffix(".service"), now=now)
        out, err = out + result.out, err + result.err
        status = result.status or status
    return Result(status, out, err)


def on_unit(call: Call, verb: str, unit: str, *, now: bool) -> Result:
    machine = call.machine
    if unit not in machine.units:
        return no_unit(call, verb, unit)
    if verb in STARTS:
        return start(call, unit)
    if verb in ("enable", "disable"):
        return enable(call, verb, unit, now=now)
    if verb == "stop":
        machine.running.pop(unit, None)
    elif verb == "is-enabled":
        found = unit in machine.enabled
        return Result(int(not found), "enabled\n" if found else "disabled\n")
    elif verb in ("is-active", "status"):
        found = unit in machine.running
        return Result(0 if found else INACTIVE, "active\n" if found else "inactive\n")
    return Result()


def start(call: Call, unit: str) -> Result:
    if call.machine.start(unit):
        return Result()
    call.trouble("port-taken", unit=unit, other=call.machine.server)
    words = f"Job for {unit}.service failed: could not bind to address 0.0.0.0:80\n"
    return Result(1, err=words)


def enable(call: Call, verb: str, unit: str, *, now: bool) -> Result:
    machine = call.machine
    if verb == "disable":
        machine.enabled.discard(unit)
        if now:
            machine.running.pop(unit, None)
        return Result()
    machine.enabled.add(unit)
    return start(call, unit) if now else Result(err=f"Created symlink for {unit}.service.\n")


def no_unit(call: Call, verb: str, unit: str) -> Result:
    known = ["httpd", "nginx", *call.machine.units]
    near = "httpd" if unit in ("apache2", "apache") else ""
    near = near or next(iter(get_close_matches(unit, known, n=1, cutoff=0.6)), "")
    call.trouble("no-unit", unit=unit, near="" if near == unit else near)
    if verb in ("enable", "disable", "is-enabled"):
        words = f"Failed to {verb} unit: Unit file {unit}.service does not exist.\n"
        return Result(1, err=words)
    return Result(NO_UNIT, err=f"Failed to {verb} {unit}.service: Unit not found.\n")


def service(call: Call) -> Result:
    """`service httpd start`: the same, said the old way round."""
    if len(call.arguments) != 2 or call.arguments[1] not in VERBS:
        raise call.not_modelled(" ".join(call.arguments))
    unit, verb = call.arguments
    return on_unit(call, verb, unit, now=False)
