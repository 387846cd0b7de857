"""Asking the instance metadata service, or the web server on the machine itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from labs.grading.first_boot.running.call import Call, NotModelled, Result
from labs.grading.first_boot.shell.source import limit
from labs.grading.first_boot.system import metadata, web
from labs.grading.first_boot.system.files import FileError
from labs.grading.said import say

ADDRESS = re.compile(r"(?:http://)?([^/]+)(/?.*)")
SILENT, NO_CONNECTION, HTTP_ERROR = "sSkLv4", 7, 22
TAKES = {"-X", "--request", "-H", "--header", "-o", "--output", "-m", "--max-time", "--retry"}
TAKES |= {"--connect-timeout", "--retry-delay"}
LONG = {"--silent", "--show-error", "--location", "--fail", "--noproxy", "--retry-connrefused"}
# ec2-metadata, of amazon-ec2-utils: option → item
ITEMS = {
    "-i": "instance-id", "--instance-id": "instance-id",
    "-z": "placement/availability-zone", "--availability-zone": "placement/availability-zone",
    "-h": "local-hostname", "--local-hostname": "local-hostname",
    "-o": "local-ipv4", "--local-ipv4": "local-ipv4",
    "-t": "instance-type", "--instance-type": "instance-type",
}  # fmt: skip
SHOWN_AS = {"placement/availability-zone": "placement"}


@dataclass(slots=True)
class Request:
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    address: str = ""
    file: str = ""
    fail: bool = False


def curl(call: Call) -> Result:
    request = read_request(call)
    found = ADDRESS.fullmatch(request.address)
    if found is None or request.address.startswith("https:"):
        raise elsewhere(call, request.address)
    host, path = found[1], found[2] or "/"
    if host in ("localhost", "127.0.0.1", "localhost:80"):
        return local(call, request, path)
    if host != metadata.HOST:
        raise elsewhere(call, request.address)
    reply = metadata.answer(call.machine.identity, request.method, path, request.headers)
    if reply.status == 401:
        call.trouble("no-token")
    elif reply.status != 200:
        call.trouble("no-metadata", status=str(reply.status), path=path)
    return printed(call, request, reply.status, reply.text)


def local(call: Call, request: Request, path: str) -> Result:
    answer = web.get(call.machine, path)
    if answer.status == web.NOBODY:
        return Result(NO_CONNECTION, err="curl: (7) Failed to connect to localhost port 80\n")
    return printed(call, request, answer.status, answer.text)


def printed(call: Call, request: Request, status: int, text: str) -> Result:
    """An error page is printed like any other, unless `-f` asks for an error."""
    if request.fail and status >= 400:
        return Result(HTTP_ERROR, err=f"curl: (22) The requested URL returned error: {status}\n")
    if not request.file:
        return Result(out=text)
    try:
        call.machine.files.write(call.path(request.file), text, call.at)
    except FileError as error:
        call.trouble("no-directory", path=error.path, reason=error.reason)
        return Result(23, err=f"curl: (23) {error.reason}\n")
    return Result()


def read_request(call: Call) -> Request:
    request = Request()
    words = list(call.arguments)
    while words:
        word = words.pop(0)
        if word in TAKES and words:
            option(request, word, words.pop(0))
        elif word.startswith("-"):
            flags(call, request, word, words)
        elif request.address:
            raise call.not_modelled(word[:60])
        else:
            request.address = word
    return request


def flags(call: Call, request: Request, word: str, words: list[str]) -> None:
    """`--silent`, or letters together: `-sf`, and `-sX PUT` or `-sXPUT`, whose last takes a
    value."""
    if word.startswith("--"):
        if word not in LONG:
            raise call.not_modelled(word[:60])
        request.fail = request.fail or word == "--fail"
        return
    for place, letter in enumerate(word[1:], 1):
        if f"-{letter}" in TAKES:
            value = word[place + 1 :] or (words.pop(0) if words else "")
            option(request, f"-{letter}", value)
            return
        if letter not in SILENT + "f":
            raise call.not_modelled(word[:60])
        request.fail = request.fail or letter == "f"


def option(request: Request, name: str, value: str) -> None:
    if name in ("-X", "--request"):
        request.method = value.upper()
    elif name in ("-H", "--header"):
        key, _colon, rest = value.partition(":")
        request.headers[key.strip().lower()] = rest.strip()
    elif name in ("-o", "--output"):
        request.file = value


def elsewhere(call: Call, address: str) -> NotModelled:
    words = say(
        "This machine has no Internet in this lab: it can ask {host} and itself, but not "
        "“{address}”.",
        host=f"http://{metadata.HOST}/",
        address=address[:60],
    )
    return NotModelled(limit(words), call.at)


def ec2_metadata(call: Call) -> Result:
    """Prints the item's name before its value."""
    known = metadata.metadata(call.machine.identity)
    lines = []
    for one in call.arguments:
        if one not in ITEMS:
            raise call.not_modelled(one[:60])
        lines.append(f"{SHOWN_AS.get(ITEMS[one], ITEMS[one])}: {known[ITEMS[one]]}\n")
    return Result(out="".join(lines))


METADATA_COMMANDS: Mapping[str, Callable[[Call], Result]] = {
    "curl": curl,
    "ec2-metadata": ec2_metadata,
}
