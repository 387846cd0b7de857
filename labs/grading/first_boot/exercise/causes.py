"""Why a page is not there, or lacks something: the first thing on the way that explains it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import basename, dirname

from labs.grading.errors import Position
from labs.grading.first_boot.exercise.user_data_exercise import Page
from labs.grading.first_boot.running.boot import Boot
from labs.grading.first_boot.running.trace import Trouble
from labs.grading.first_boot.system.machine import SERVERS
from labs.grading.first_boot.system.web import NOBODY, Answer

STARTS = ("no-shebang", "shebang-late", "no-interpreter")
STOPS = ("stopped", "skipped", "never-ends", "exit", "unbound", "too-much", "not-modelled")
NEVER_CAME = ("asks", "no-package", "elsewhere", "no-command")
NOT_RUNNING = ("no-unit", "port-taken", "no-command", "elsewhere")
UNREAD = ("$(", "`", "${", "$")  # the last only where a fact is missing: a price has it, too
NOT_ASKED = ("no-token", "no-metadata", "no-command", "elsewhere")
NOT_WRITTEN = ("no-directory", "no-file", "wants-somebody", "no-command", "elsewhere")


@dataclass(frozen=True, slots=True)
class Cause:
    """`code` without its prefix."""

    code: str
    at: Position | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def of_trouble(trouble: Trouble) -> Cause:
    return Cause(trouble.code, trouble.at, trouble.facts)


def first(boot: Boot, *codes: str) -> Cause | None:
    return next((of_trouble(one) for one in boot.trace.of(*codes) if matters(one)), None)


def matters(trouble: Trouble) -> bool:
    """Updates that nobody confirmed keep no server from running."""
    return not (trouble.code == "asks" and not trouble.facts["name"].startswith("install "))


def why_not(boot: Boot, page: Page, answer: Answer) -> Cause:
    """Of a page that does not answer with 200 after the first boot."""
    started = first(boot, *STARTS)
    if started:
        return started
    if answer.status == NOBODY:
        return why_nobody(boot)
    if answer.status == 301:
        return Cause("redirected", facts={"path": page.path})
    entry = boot.machine.files.get(answer.path)
    if answer.status == 403 and entry and entry.text is not None:
        return Cause("unreadable", answer.at, {"path": answer.path})
    return why_unwritten(boot, page, answer)


def why_nobody(boot: Boot) -> Cause:
    installed = [one for one in SERVERS if one in boot.machine.installed]
    if not installed:
        return first(boot, *NEVER_CAME, *STOPS) or Cause("no-server")
    found = first(boot, *NOT_RUNNING, *STOPS)
    return found or Cause("not-started", facts={"unit": installed[0]})


def why_missing(boot: Boot, package: str) -> Cause:
    """Of a package that is not installed."""
    found = first(boot, *STARTS, *NEVER_CAME, *STOPS)
    return found or Cause("not-installed", facts={"name": package})


def why_unwritten(boot: Boot, page: Page, answer: Answer) -> Cause:
    name = basename(answer.path) if page.path != "/" else "index.html"
    stray = [path for path in written(boot) if basename(path) == name]
    stray = stray or list(elsewhere(boot))
    failed = first(boot, "port-taken", *NOT_WRITTEN, *STOPS)
    if stray and not failed:
        return strayed(boot, page, stray[0])
    return failed or Cause("no-page", facts={"path": page.path, "file": file_of(boot, page)})


def file_of(boot: Boot, page: Page) -> str:
    """Where the server that runs looks for a page."""
    root = boot.machine.web_root.rstrip("/")
    return root + (page.path.rstrip("/") or "/index.html")


def strayed(boot: Boot, page: Page, path: str) -> Cause:
    code = "relative-path" if dirname(path) == "/" else "wrong-root"
    facts = {"path": path, "file": file_of(boot, page)}
    return Cause(code, boot.machine.page_at(path), facts)


def elsewhere(boot: Boot) -> Iterator[str]:
    """Pages that the script wrote where the server does not look."""
    shown = boot.machine.web_root.rstrip("/") + "/"
    return (
        path
        for path in written(boot)
        if path.endswith((".html", ".htm")) and not path.startswith(shown)
    )


def written(boot: Boot) -> Iterator[str]:
    """Files that the script wrote."""
    files = boot.machine.files
    return (path for path in files.entries if files.is_file(path) and files.entries[path].at)


def why_other(boot: Boot, page: Page, answer: Answer, others: Mapping[str, set[str]]) -> Cause:
    """Of a page that is there and lacks something. `others`: facts of the other machines."""
    if answer.at is None:  # the server's own page
        return why_unwritten(boot, page, answer)
    lacking, missing = lacking_in(boot, page, answer.text)
    facts = {"what": (lacking or missing)[0], "is_word": "" if lacking else "yes"}
    strange = set[str]().union(*(others[name] for name in lacking))
    if holds_any(answer.text, strange):
        return Cause("hard-coded", answer.at, facts)
    if holds_any(answer.text, UNREAD[: None if lacking else -1]):
        return Cause("literal", answer.at, facts)
    failed = first(boot, *NOT_ASKED) if lacking else None
    return failed or Cause("page-lacks", answer.at, facts)


def holds_any(text: str, parts: Iterable[str]) -> bool:
    return any(part in text for part in parts)


def why_gone(boot: Boot, page: Page) -> Cause:
    """Of a page that does not answer after a reboot."""
    now = boot.now[page.path]
    installed = [one for one in SERVERS if one in boot.machine.installed]
    if now.status != 200 and not installed:
        return why_not(boot, page, now)
    if not boot.enabled.isdisjoint(SERVERS):
        return why_not(boot, page, boot.later[page.path] if now.status == 200 else now)
    found = first(boot, "no-unit", *STOPS) if now.status == NOBODY else None
    return found or Cause("not-enabled", facts={"unit": [*installed, "httpd"][0]})


def lacking_in(boot: Boot, page: Page, text: str) -> tuple[list[str], list[str]]:
    """Facts of the machine, and words, that a page lacks."""
    facts = boot.machine.identity.facts
    return (
        [name for name in page.shows if facts[name] not in text],
        [word for word in page.holds if word.lower() not in text.lower()],
    )


def satisfied(boot: Boot, page: Page, answer: Answer) -> bool:
    """Does the page say all that it has to say?"""
    return answer.status == 200 and lacking_in(boot, page, answer.text) == ([], [])
