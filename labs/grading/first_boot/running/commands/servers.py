"""Web servers that no unit starts, and other commands that do not come back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from labs.grading.first_boot.running.call import Call, Hanging, Result
from labs.grading.first_boot.system.packages import NGINX_ROOT, WEB_ROOT

FOREGROUND = {"-DFOREGROUND", "-X", "-DNO_DETACH"}
LONGEST_SLEEP = 3600  # seconds; whoever waits longer waits for nothing
PORT_OF_PYTHON = "8000"


def httpd(call: Call) -> Result:
    words = set(call.arguments)
    if words & FOREGROUND or "FOREGROUND" in words:
        return serve(call, "httpd", WEB_ROOT, forever=True)
    if words <= {"-k", "start", "restart", "graceful"}:
        return serve(call, "httpd", WEB_ROOT, forever=False)
    raise call.not_modelled(" ".join(call.arguments)[:60])


def nginx(call: Call) -> Result:
    if not call.arguments:
        return serve(call, "nginx", NGINX_ROOT, forever=False)
    if list(call.arguments[:1]) == ["-g"] and "daemon off" in call.arguments[-1]:
        return serve(call, "nginx", NGINX_ROOT, forever=True)
    raise call.not_modelled(" ".join(call.arguments)[:60])


def python(call: Call) -> Result:
    """Only its web server, which shows the directory in which it was started."""
    if list(call.arguments[:2]) != ["-m", "http.server"]:
        raise call.not_modelled(" ".join(call.arguments)[:60])
    port = next((one for one in call.arguments[2:] if one.isdigit()), PORT_OF_PYTHON)
    if port == "80":
        return serve(call, "python3", call.environment.here, forever=True)
    call.trouble("never-ends", name="python3")
    raise Hanging


def serve(call: Call, program: str, root: str, *, forever: bool) -> Result:
    machine = call.machine
    if machine.server:
        call.trouble("port-taken", unit=program, other=machine.server)
        return Result(1, err="could not bind to address 0.0.0.0:80\n")
    machine.bare_server, machine.bare_root = program, root
    if forever:
        call.trouble("never-ends", name=program)
        raise Hanging
    return Result()


def sleep(call: Call) -> Result:
    text = (call.arguments or [""])[0]
    number = text.rstrip("smhd")
    if not (number.isascii() and number.isdigit()):
        if text in ("infinity", "inf"):
            return endless(call)
        return call.failed(f"invalid time interval '{text[:40]}'")
    seconds = int(number[:9]) * {"m": 60, "h": 3600, "d": 86_400}.get(text[-1], 1)
    return endless(call) if seconds > LONGEST_SLEEP else Result()


def endless(call: Call) -> Result:
    call.trouble("never-ends", name=call.name)
    raise Hanging


def tail(call: Call) -> Result:
    if "-f" in call.arguments or "-F" in call.arguments:
        return endless(call)
    return Result()


def interactive(call: Call) -> Result:
    """It wants a keyboard, and there is none."""
    call.trouble("wants-somebody", name=call.name)
    return call.failed("Input is not from a terminal")


SERVER_COMMANDS: Mapping[str, Callable[[Call], Result]] = {
    "httpd": httpd,
    "apachectl": httpd,
    "nginx": nginx,
    "python3": python,
    "sleep": sleep,
    "tail": tail,
    "top": endless,
    "watch": endless,
    "vi": interactive,
    "vim": interactive,
    "nano": interactive,
    "read": interactive,
    "passwd": interactive,
}
