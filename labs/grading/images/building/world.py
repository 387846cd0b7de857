"""What a lab gives for a build: images to start with, the folder's files, what commands make, what
is passed to the build, and what must stay a secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Base:
    """An image in a registry. `size` in kB. `tools`: the programs in it. `site`: where its Python
    looks for packages. `digest`: "sha256:…", the same for all."""

    name: str
    tags: tuple[str, ...]
    size: int
    tools: frozenset[str]
    site: str = ""
    users: frozenset[str] = frozenset()
    user: str = "root"
    workdir: str = "/"
    cmd: tuple[str, ...] = ()
    files: Mapping[str, int] = field(default_factory=dict)
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the build context. `size` in kB."""

    path: str
    size: int
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Maker:
    """What a command makes: `pip install` reads `needs` (files of the context: behind the option
    `named`, or in the working directory) and makes `size` kB. `lean`: options with which it is
    `lean_size`. `cache`: kB that it keeps in `cache_path` for itself. `private`: a secret that it
    must find in its working directory, or at home. It takes `seconds`, or `helped_seconds` where
    the work of the maker `helped` is there."""

    words: tuple[str, ...]
    needs: tuple[str, ...] = ()
    named: str = ""
    makes: str = ""
    output: str = ""
    size: int = 0
    lean: tuple[str, ...] = ()
    lean_size: int = 0
    cache: int = 0
    cache_path: str = ""
    private: str = ""
    seconds: int = 0
    helped: str = ""
    helped_seconds: int = 0

    @property
    def label(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Program:
    """What a container shall run: `file` of the context, or what a maker makes. `needs`: labels of
    makers whose work it must find; `beside`: files of the context in the same place beside it.
    `port`: where it listens."""

    file: str = ""
    needs: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    port: int = 0


@dataclass(frozen=True, slots=True)
class World:
    """`edits`: name → files that change. `arguments`: what `--build-arg` passes; `passed`: ids of
    `--secret` → the file that they are. `texts`: what may stand nowhere. `packages`: of apt and
    apk, in kB. `replaced`: for a package the programs in it, if not its own name."""

    bases: tuple[Base, ...]
    context: tuple[Source, ...]
    ignored: tuple[str, ...] = ()
    makers: tuple[Maker, ...] = ()
    edits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    arguments: Mapping[str, str] = field(default_factory=dict)
    passed: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    packages: Mapping[str, int] = field(default_factory=dict)
    program: Program = Program()

    @property
    def secret_files(self) -> frozenset[str]:
        return frozenset(one.path for one in self.context if one.secret) | frozenset(
            self.passed.values()
        )
