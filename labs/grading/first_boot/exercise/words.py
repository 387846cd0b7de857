"""Causes in sentences: what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from labs.grading.first_boot.exercise.causes import Cause
from labs.grading.said import Said, filled, say


@dataclass(frozen=True, slots=True)
class Told:
    what: Said
    cure: Said


FACTS = {
    "host name": say("its host name"),
    "instance id": say("its instance id"),
    "zone": say("its zone"),
    "private address": say("its private address"),
}
SIMPLE: Mapping[str, Told] = {
    "no-shebang": Told(
        say("The user data does not begin with #!, so cloud-init does not run it."),
        say("Begin line 1 with #!/bin/bash."),
    ),
    "shebang-late": Told(
        say("#! stands in line {line}, so cloud-init cannot run the file."),
        say("Put #! at the very beginning of line 1."),
    ),
    "no-interpreter": Told(
        say("There is no {name} on the machine, so the script does not run."),
        say("Write #!/bin/bash."),
    ),
    "stopped": Told(
        say("Line {line} failed, and with set -e the script ended there."),
        say("Mend line {line}, which fails."),
    ),
    "skipped": Told(
        say("What stands before && in line {line} failed, so the rest of it did not run."),
        say("Mend the command before && in line {line}."),
    ),
    "exit": Told(
        say("The script left at line {line}."),
        say("Take exit away, or put it last."),
    ),
    "unbound": Told(
        say("Line {line} uses {name}, which nobody has set, and with set -u the script ended."),
        say("Set {name} before, or write its name as you set it."),
    ),
    "never-ends": Told(
        say("{name} in line {line} never ends, so nothing below it runs."),
        say("Let systemctl start the server, instead of line {line}."),
    ),
    "too-much": Told(
        say("The script does more than this machine can follow, at line {line}."),
        say("Do it with fewer commands, and shorter texts."),
    ),
    "not-modelled": Told(
        say("Line {line} does something that this machine does not model."),
        say("Say line {line} in plainer words."),
    ),
    "asks": Told(
        say("dnf asks in line {line}, nobody answers, and it gives up."),
        say("Add -y in line {line}."),
    ),
    "no-directory": Told(
        say("{path} cannot be written in line {line}: {reason}."),
        say("Write it after its directory is there: install the server before, or use mkdir -p."),
    ),
    "no-file": Told(
        say("Line {line} needs {path}: {reason}."),
        say("Make it before line {line}."),
    ),
    "wants-somebody": Told(
        say("{name} in line {line} wants a keyboard, and nobody is there."),
        say("Write the file with echo or a heredoc."),
    ),
    "no-user": Told(
        say("There is no user {name} in line {line}."),
        say("Install the package before, or leave the owner as it is."),
    ),
    "no-server": Told(
        say("Nothing in the script installs a web server."),
        say("Install httpd."),
    ),
    "not-installed": Told(
        say("Nothing in the script installs {name}."),
        say("Install {name}."),
    ),
    "not-started": Told(
        say("{unit} is installed, but it was not started."),
        say("Start the unit {unit}."),
    ),
    "not-enabled": Told(
        say("{unit} is not enabled, so it does not come back, and the script does not run again."),
        say("Enable the unit {unit}."),
    ),
    "port-taken": Told(
        say("{other} has port 80 already, so {unit} does not start in line {line}."),
        say("Use one web server."),
    ),
    "no-page": Told(
        say("The server runs, and there is no file for {path}."),
        say("Write it to where this server looks: {file}."),
    ),
    "wrong-root": Told(
        say("A page is in {path}, where the server does not look."),
        say("Write it to where this server looks: {file}."),
    ),
    "relative-path": Told(
        say("The page went to {path}: the script runs in /."),
        say("Write the whole path: {file}."),
    ),
    "redirected": Told(
        say("{path} is a directory there, so the answer is 301 to {path}/."),
        say("Write a file of that name, and no directory."),
    ),
    "unreadable": Told(
        say("The server may not read {path}."),
        say("Let everybody read the page (644) and enter its directories (755)."),
    ),
    "no-token": Told(
        say("The metadata service answers 401 in line {line}: the token is missing or wrong."),
        say("Get a token by PUT first, and send it with the question."),
    ),
    "no-metadata": Told(
        say("The metadata service answers {status} in line {line}."),
        say("Look at the address, the method and the headers in line {line}."),
    ),
    "literal": Told(
        say("The page lacks {what}: it holds the text of a command or of a variable."),
        say("Use double quotes, or a heredoc whose word is not quoted."),
    ),
    "hard-coded": Told(
        say("The page holds another machine's fact instead of {what}."),
        say("Let each machine ask for its own."),
    ),
    "page-lacks": Told(
        say("The page lacks {what}."),
        say("Put {what} into the page."),
    ),
    "sudo": Told(
        say("sudo in line {line} does nothing: the script runs as root."),
        say("Leave sudo away."),
    ),
}


def told(cause: Cause) -> Told:
    found = VARYING[cause.code](cause) if cause.code in VARYING else SIMPLE[cause.code]
    parts: dict[str, object] = {**cause.facts, "line": cause.at[0] if cause.at else 1}
    if "what" in cause.facts:
        name = cause.facts["what"]
        parts["what"] = say("“{word}”", word=name) if cause.facts["is_word"] else FACTS[name]
    return Told(filled(found.what, **parts), filled(found.cure, **parts))


def of_package(cause: Cause) -> Told:
    what = say("There is no package “{name}” (line {line}).")
    if cause.facts["near"]:
        return Told(what, say("The package is called {near}."))
    if cause.facts["name"] == "=":
        return Told(what, say("Take the explanation away: every word there is a package to dnf."))
    return Told(what, say("Install only packages of Amazon Linux 2023."))


def of_unit(cause: Cause) -> Told:
    if cause.facts["near"]:
        return Told(
            say("There is no unit “{unit}” (line {line})."), say("The unit is called {near}.")
        )
    if cause.facts["unit"] == "now":
        return Told(say("There is no unit “{unit}” (line {line})."), say("Write --now."))
    return Told(
        say("There is no unit “{unit}” yet in line {line}."),
        say("Install the package {unit} before line {line}."),
    )


def of_command(cause: Cause) -> Told:
    what = say("There is no command “{name}” (line {line}).")
    if cause.facts.get("near"):
        return Told(what, say("Write {near}."))
    return Told(what, say("Install the package that brings {name}, before line {line}."))


def of_other_system(cause: Cause) -> Told:
    what = say("There is no command “{name}” on Amazon Linux 2023 (line {line}).")
    if cause.facts["instead"]:
        return Told(what, say("Use {instead} instead of {name}."))
    return Told(what, say("Leave {name} away."))


VARYING: Mapping[str, Callable[[Cause], Told]] = {
    "no-package": of_package,
    "no-unit": of_unit,
    "no-command": of_command,
    "elsewhere": of_other_system,
}
