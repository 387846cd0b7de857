"""Where a command's output and errors go, and what it reads: files of the machine."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from labs.grading.errors import Position
from labs.grading.first_boot.running.call import Environment, Result
from labs.grading.first_boot.running.expansion import Expansion
from labs.grading.first_boot.shell.script import Redirect
from labs.grading.first_boot.system.files import FileError, Files, absolute


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a command's output and errors go: a path, or "" for what is around it."""

    out: str = ""
    err: str = ""
    together: bool = False  # errors go where the output goes, wherever that is
    standard_input: str | None = None


class Redirection:
    def __init__(self, files: Files, environment: Environment, expansion: Expansion) -> None:
        self.files, self.environment, self.expansion = files, environment, expansion

    def streams_of(self, redirects: Sequence[Redirect]) -> Streams:
        """In order, as bash does: files are made, or emptied, before the command runs."""
        streams = Streams()
        for one in redirects:
            if one.operator == "<<":
                streams = replace(streams, standard_input=self.expansion.text(one.target))
            elif one.operator == "2>&1":
                streams = replace(streams, err=streams.out, together=not streams.out)
            elif one.operator == "1>&2":
                streams = replace(streams, out=streams.err)
            elif one.operator == "<":
                text = self.files.read(self.path_of(one))
                streams = replace(streams, standard_input=text)
            else:
                streams = self.opened(one, streams)
        return streams

    def path_of(self, redirect: Redirect) -> str:
        return absolute(self.expansion.text(redirect.target), self.environment.here)

    def opened(self, redirect: Redirect, streams: Streams) -> Streams:
        path = self.path_of(redirect)
        append = redirect.operator.endswith(">>")
        self.files.write(path, "", redirect.target.at, append=append)
        if redirect.operator.startswith("&"):
            return replace(streams, out=path, err=path)
        if redirect.operator.startswith("2"):
            return replace(streams, err=path)
        return replace(streams, out=path)

    def sent(self, result: Result, streams: Streams, at: Position) -> Result:
        """What is left for whoever is around, after what went into files."""
        out, err = result.out, result.err
        if streams.together:
            out, err = out + err, ""
        for path, text in ((streams.out, out), (streams.err, err)):
            if path and text:
                with suppress(FileError):  # the command took its directory away
                    self.files.write(path, text, at, append=True)
        return Result(result.status, "" if streams.out else out, "" if streams.err else err)
