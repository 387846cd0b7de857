"""A stage of a build, and the layers that it has got so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256

from labs.grading.errors import Position
from labs.grading.images.building.tree import Node, Tree
from labs.grading.images.building.world import Base, World

ROOTS = ("", "root", "0")


@dataclass(frozen=True, slots=True)
class Layer:
    """`size` in kB; `key`: the same key, the same layer from the cache. `ran`: labels of the
    commands in it; `secrets`: which secret files are in it."""

    text: str
    at: Position
    size: int
    key: str
    stage: str
    ran: tuple[str, ...] = ()
    seconds: int = 0
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret that everybody finds who has the image: `where` is "layer", "history" or
    "environment"."""

    what: str
    where: str
    at: Position


@dataclass(frozen=True, slots=True)
class Started:
    """ENTRYPOINT or CMD as it was given: `form` is "exec" or "shell"."""

    form: str
    words: tuple[str, ...]
    at: Position


@dataclass
class Stage:
    """`users` has names and numbers. `leaks` are those of this stage and of those that it is made
    from: they are in its image."""

    name: str
    base: Base
    tree: Tree
    at: Position
    env: dict[str, str] = field(default_factory=dict)
    args: dict[str, str] = field(default_factory=dict)
    outer: dict[str, str] = field(default_factory=dict)  # ARG before the first FROM
    user: str = "root"
    workdir: str = "/"
    shell: tuple[str, ...] = ("/bin/sh", "-c")
    entrypoint: Started | None = None
    cmd: Started | None = None
    health: Started | None = None
    exposed: tuple[str, ...] = ()
    stop_signal: str = "SIGTERM"
    tools: set[str] = field(default_factory=set)
    users: set[str] = field(default_factory=set)
    layers: list[Layer] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)
    lists: bool = False  # the lists of packages are there

    @property
    def size(self) -> int:
        """In kB: what a later layer deletes still counts."""
        return self.base.size + sum(one.size for one in self.layers)

    @property
    def key(self) -> str:
        return self.layers[-1].key if self.layers else f"{self.base.name}:{self.base.tags}"

    @property
    def values(self) -> dict[str, str]:
        """Where both say something, ENV wins."""
        return self.args | self.env

    @property
    def is_root(self) -> bool:
        return self.user.partition(":")[0] in ROOTS

    @property
    def home(self) -> str:
        return "/root" if self.is_root else f"/home/{self.user.partition(':')[0]}"

    def child(self, name: str, at: Position) -> Stage:
        """A stage FROM this one: an ARG is "automatically inherited by other stages based on that
        stage" (Dockerfile reference, ARG, "Scope")."""
        return replace(
            self,
            name=name,
            at=at,
            tree=self.tree.copy(),
            env=dict(self.env),
            args=dict(self.args),
            cmd=replace(self.cmd, at=at) if self.cmd else None,
            tools=set(self.tools),
            users=set(self.users),
            layers=list(self.layers),
            leaks=list(self.leaks),
        )

    def add_layer(
        self,
        text: str,
        at: Position,
        inputs: str,
        world: World,
        ran: tuple[str, ...] = (),
        seconds: int = 0,
    ) -> None:
        """With what the tree has got since the last one."""
        key = sha256(f"{self.key}\0{text}\0{inputs}".encode()).hexdigest()
        written = self.tree.written
        secrets = {one.content for one in written.values()} & world.secret_files
        size = sum(one.size for one in written.values())
        layer = Layer(text, at, size, key, self.name, ran, seconds, tuple(sorted(secrets)))
        self.layers.append(layer)
        self.leaks += [Leak(one, "layer", at) for one in layer.secrets]
        self.tree.written = {}


def stage_of(base: Base, name: str, at: Position) -> Stage:
    from_base = Started("exec", base.cmd, at) if base.cmd else None
    found = Stage(name, base, Tree(), at, user=base.user, workdir=base.workdir, cmd=from_base)
    found.tools, found.users = set(base.tools), set(base.users) | {"root"}
    if "sh" in base.tools:  # every Linux system has them
        found.users |= {"nobody", "daemon"}
    for path in base.files:
        found.tree.files[path] = Node(base.files[path], f"base:{path}")
        found.tree.make_directory(path.rpartition("/")[0] or "/")
    found.tree.make_directory(base.workdir)
    return found
