"""What a visitor gets on port 80.

httpd without a page of ours shows its test page with 403 (`welcome.conf` of its package); a
directory without the slash at its end is a 301 to the same with it (mod_dir).
"""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.errors import Position
from labs.grading.first_boot.system.machine import Machine

NOBODY = 0
TEST_PAGE = "<h1>It works!</h1>\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is 0 where nobody listens. `at`: the line that wrote the page."""

    status: int
    text: str = ""
    path: str = ""  # of the file
    at: Position | None = None


def get(machine: Machine, path: str) -> Answer:
    if not machine.server:
        return Answer(NOBODY)
    found = machine.web_root.rstrip("/") + path.rstrip("/")
    files = machine.files
    if files.is_directory(found):
        if path.rstrip("/") and not path.endswith("/"):
            return Answer(301, path=found)
        index = found.rstrip("/") + "/index.html"
        if not files.is_file(index):
            return Answer(403, TEST_PAGE if path == "/" else "403 Forbidden\n", found)
        found = index
    elif path.endswith("/"):
        return Answer(404, "404 Not Found\n", found)
    if not files.is_file(found):
        return Answer(404, "404 Not Found\n", found)
    if not files.is_readable(found, machine.web_user):
        return Answer(403, "403 Forbidden\n", found, machine.page_at(found))
    return Answer(200, files.read(found), found, machine.page_at(found))
