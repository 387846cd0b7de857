"""A build as the documentation tells it, written without a look at the engine: every step is done,
with a cache that is a table of what was done before.

Dockerfile reference: FROM, ARG ("automatically inherited by other stages based on that stage"; one
that is passed wins; one without a value takes the value from before the first FROM), ENV ("always
override", one value throughout an instruction), COPY, WORKDIR, USER, SHELL, CMD and ENTRYPOINT and
how they meet. "Build cache invalidation": COPY by what the files hold, RUN by its words, and all
that follows. "Multi-stage builds": only what the last stage needs. "Build secrets", "Build
variables": what a layer once held, ARG and ENV are there for all who have the image.
"""

from __future__ import annotations

import fnmatch
import posixpath

from tests.labs.grading.images.plain_stages import Beyond, Failed, State
from tests.labs.grading.images.random_files import KEY, SECRET, WORLD, Step, Written

IGNORED = {"notes.md", "lib/e.tmp"}


class Docker:
    """Its cache outlives a build."""

    def __init__(self) -> None:
        self.cache: dict[object, int] = {}

    def layer(self, state: State, step: Step, key: object) -> None:
        """What a step has written, and is still there, is in its layer for ever."""
        above = state.layers[-1][0] if state.layers else -1
        number = self.cache.setdefault((above, key), len(self.cache))
        state.layers.append((number, step.line))
        for path in state.touched & state.files.keys():
            content, made = state.files[path]
            if content == KEY:
                state.leaks.add((KEY, "layer", step.line))
            if made == "now":
                state.files[path] = (content, number)
        state.touched = set()

    def build(self, written: Written, edited: frozenset[str]) -> Build:
        return Build(self, written, edited)


class Build:
    def __init__(self, docker: Docker, written: Written, edited: frozenset[str]) -> None:
        self.docker, self.written = docker, written
        self.context = State()
        for one in WORLD.context:
            if one.path not in IGNORED:
                self.context.write(f"/{one.path}", (one.path, f"edited {one.path in edited}"))
        self.outer = {step.meant[0]: step.meant[1] for step in written.outer}
        self.built: dict[int, State] = {}
        self.last = self.stage(len(written.stages) - 1)

    @property
    def layers(self) -> dict[int, int]:
        """Number → line, of all stages that were built."""
        return {
            number: line
            for stage in sorted(self.built)
            for number, line in self.built[stage].layers
        }

    def stage(self, number: int) -> State:
        if number not in self.built:
            _name, origin, steps = self.written.stages[number]
            state = self.begin(origin)
            for step in steps:
                getattr(self, step.name.lower())(state, step, number)
            self.built[number] = state
        return self.built[number]

    def begin(self, origin: str) -> State:
        names = [name for name, _origin, _steps in self.written.stages]
        if origin in names:
            return self.stage(names.index(origin)).copy()
        base = next(one for one in WORLD.bases if origin == f"{one.name}:{one.tags[0]}")
        state = State(user=base.user, workdir=base.workdir, command=("exec", base.cmd))
        for path in base.files:
            state.write(path, (f"base:{path}", origin))
        state.layers.append((-2 - WORLD.bases.index(base), 0))
        state.make_directory(base.workdir)
        state.touched = set()
        return state

    # --- Instructions -----------------------------------------------------------------------------

    def arg(self, state: State, step: Step, number: int) -> None:
        name, default = step.meant
        if name in WORLD.arguments:
            value = WORLD.arguments[name]
        else:
            value = self.outer.get(name, "") if default is None else state.value(default)
        state.args[name] = value
        if SECRET in value:
            state.leaks.add((name, "history", step.line))

    def env(self, state: State, step: Step, number: int) -> None:
        found = {name: state.value(text) for name, text in step.meant}
        state.env |= found
        state.leaks |= {(name, "environment", step.line) for name, text in found.items()
                        if SECRET in text}  # fmt: skip

    def workdir(self, state: State, step: Step, number: int) -> None:
        state.workdir = state.path(state.value(step.meant))
        state.make_directory(state.workdir)
        self.docker.layer(state, step, ("WORKDIR", state.workdir))

    def user(self, state: State, step: Step, number: int) -> None:
        state.user = step.meant

    def shell(self, state: State, step: Step, number: int) -> None:
        state.shell = step.meant

    def cmd(self, state: State, step: Step, number: int) -> None:
        state.command, state.command_is_own = self.started(state, step), True

    def entrypoint(self, state: State, step: Step, number: int) -> None:
        """ "If CMD is defined from the base image, setting ENTRYPOINT will reset CMD"."""
        state.entrypoint = self.started(state, step)
        if not state.command_is_own:
            state.command = None

    def started(self, state: State, step: Step) -> tuple[str, tuple[str, ...]]:
        form, words = step.meant
        return form, (*state.shell, words) if form == "shell" else tuple(words)

    def copy(self, state: State, step: Step, number: int) -> None:
        origin, sources, target = step.meant
        names = [name for name, _origin, _steps in self.written.stages]
        source = self.context
        if origin:
            source = self.stage(int(origin) if origin.isdigit() else names.index(origin))
        found = [one for text in sources for one in self.found(source, text)]
        text = state.value(target)
        place = state.path(text)
        if len(found) > 1 and not text.endswith(("/", ".")):
            raise Failed("several sources, and no directory")
        inside = text.endswith(("/", ".")) or place in state.directories
        taken = []
        for path in found:
            if path in source.directories:
                state.make_directory(place)
                taken += [(posixpath.join(place, rest), held) for rest, held in source.below(path)]
            else:
                name = posixpath.basename(path)
                end = posixpath.join(place, name) if inside else place
                taken.append((end, source.files[path]))
        for path, held in taken:
            state.write(path, held)
        self.docker.layer(state, step, ("COPY", step.text, place, tuple(taken)))

    def found(self, source: State, text: str) -> list[str]:
        path = source.path(text, "/")
        if "*" in path:
            known = sorted({*source.files, *source.directories})
            return [one for one in known if one.count("/") == path.count("/") and
                    all(map(fnmatch.fnmatchcase, one.split("/"), path.split("/")))]  # fmt: skip
        if path not in source.files and path not in source.directories:
            raise Failed(f"{path} is not there")
        return [path]

    # --- RUN --------------------------------------------------------------------------------------

    def run(self, state: State, step: Step, number: int) -> None:
        place, holds = state.workdir, True
        for sign, words in step.meant:
            if (sign == "&&" and not holds) or (sign == "||" and holds):
                continue
            try:
                place = self.command(state, [state.value(one) for one in words], place)
                holds = True
            except Failed:
                holds = False
        if not holds:
            raise Failed(step.text)
        settings = (state.user, state.workdir, tuple(sorted({**state.args, **state.env}.items())))
        self.docker.layer(state, step, ("RUN", step.text, settings))

    def command(self, state: State, words: list[str], place: str) -> str:
        name, *texts = [one for one in words if not one.startswith("-")]
        paths = [state.path(one, place) for one in texts if one != ">"]
        if name == "cd":
            if paths[0] not in state.directories:
                raise Failed("cd")
            return paths[0]
        if name == "false":
            raise Failed("false")
        if name != "true":
            getattr(self, f"do_{name}")(state, paths, words)
        return place

    def do_touch(self, state: State, paths: list[str], words: list[str]) -> None:
        """What a file holds stays; its times are new, so it is in the layer."""
        content = state.files.get(paths[0], ("made:text", ""))[0]
        if paths[0] not in state.directories:
            state.write(paths[0], (content, "now"))

    def do_mkdir(self, state: State, paths: list[str], words: list[str]) -> None:
        state.make_directory(paths[0])

    def do_rm(self, state: State, paths: list[str], words: list[str]) -> None:
        options = words[1] if words[1].startswith("-") else ""
        for path in paths:
            if path in state.directories and "r" not in options:
                raise Failed("rm: is a directory")
            if path not in {*state.files, *state.directories} and "f" not in options:
                raise Failed("rm: no such file")
            state.remove(path)

    def do_cp(self, state: State, paths: list[str], words: list[str]) -> None:
        path, target = paths
        if target in state.directories:
            target = posixpath.join(target, posixpath.basename(path))
        if path in state.files:
            if target == path:
                raise Beyond("the same file")
            state.write(target, state.files[path])
        elif path in state.directories:
            if f"{target}/".startswith(f"{path.rstrip('/')}/"):
                raise Beyond("into itself")
            state.make_directory(target)
            for one in sorted(state.directories):
                if one.startswith(path.rstrip("/") + "/"):
                    state.make_directory(target + one[len(path.rstrip("/")) :])
            for rest, held in state.below(path):
                state.write(posixpath.join(target, rest), held)
        else:
            raise Failed("cp: no such file")

    def do_mv(self, state: State, paths: list[str], words: list[str]) -> None:
        self.do_cp(state, paths, words)
        state.remove(paths[0])

    def do_cat(self, state: State, paths: list[str], words: list[str]) -> None:
        path, target = paths
        if path == target or path not in state.files or target in state.directories:
            raise Beyond("what a shell leaves of a file that it has opened")
        state.write(target, (state.files[path][0], "now"))
